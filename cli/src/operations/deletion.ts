import { z } from 'zod';
import type { Connection } from '../client/connection.ts';
import { request } from '../client/graphql.ts';
import { RefusedError } from '../exit.ts';
import { payloadOf, typedError } from './result.ts';

export const DELETABLE = ['ARCHIVE', 'CONVERSATION', 'MESSAGE'] as const;
export type Deletable = (typeof DELETABLE)[number];

const counts = z.object({
  conversations: z.number(),
  messages: z.number(),
  revisions: z.number(),
  attachments: z.number(),
  items: z.number(),
  relations: z.number(),
  chunks: z.number(),
  embeddings: z.number(),
  objects: z.number(),
  objectBytes: z.number(),
  graphNodes: z.number(),
  graphEdges: z.number(),
  vectors: z.number(),
});
export type DeletionCounts = z.infer<typeof counts>;

const deletion = z.object({
  id: z.string(),
  kind: z.enum(DELETABLE),
  subjectName: z.string(),
  status: z.enum(['PENDING', 'PROCESSING', 'COMPLETED', 'FAILED']),
  waitingFor: z.string().nullable(),
  errorMessage: z.string().nullable(),
  counts,
  /** Archives whose stored file still holds the subject. */
  archives: z.array(z.object({ id: z.string(), fileName: z.string() })),
});
export type Deletion = z.infer<typeof deletion>;

const FIELDS = `
  id kind subjectName status waitingFor errorMessage archives { id fileName }
  counts { ${Object.keys(counts.shape).join(' ')} }
`;

/** How the mutations of the three kinds are called, and their one input field. */
const NAMES: Record<Deletable, { name: string; field: string }> = {
  ARCHIVE: { name: 'Archive', field: 'archiveId' },
  CONVERSATION: { name: 'Conversation', field: 'conversationId' },
  MESSAGE: { name: 'Message', field: 'messageId' },
};

/** Asks for a deletion. Throws a RefusedError with code NOT_FOUND when the caller has no such thing. */
export async function askToDelete(connection: Connection, kind: Deletable, id: string): Promise<Deletion> {
  const { name, field } = NAMES[kind];
  const typename = `Delete${name}Payload`;
  const payload = z.object({ __typename: z.literal(typename), deletion });
  const operation = {
    document: `mutation Delete($input: Delete${name}Input!) {
      result: delete${name}(input: $input) {
        __typename ... on ${typename} { deletion { ${FIELDS} } } ... on Error { message code }
      }
    }`,
    data: z.object({ result: z.union([payload, typedError]) }),
  };
  const { result } = await request(connection, operation, { input: { [field]: id } });
  return payloadOf<z.infer<typeof payload>>(result, typename).deletion;
}

const readOne = {
  document: `query Deletion($id: ID!) { deletion(id: $id) { ${FIELDS} } }`,
  data: z.object({ deletion: deletion.nullable() }),
};

/** How far a deletion is. */
export async function readDeletion(connection: Connection, id: string): Promise<Deletion> {
  const { deletion: found } = await request(connection, readOne, { id });
  if (!found) throw new RefusedError('NOT_FOUND', `There is no deletion ${id}.`);
  return found;
}

const subject = z.discriminatedUnion('__typename', [
  z.object({ __typename: z.literal('SourceArchive'), fileName: z.string(), byteSize: z.number() }),
  z.object({ __typename: z.literal('Conversation'), title: z.string().nullable(), messageCount: z.number() }),
  z.object({ __typename: z.literal('Message'), role: z.string(), text: z.string() }),
]);
/** What a person is shown before it goes. */
export type Subject = z.infer<typeof subject>;

const readNode = {
  document: `query Subject($id: ID!) {
    node(id: $id) {
      __typename
      ... on SourceArchive { fileName byteSize }
      ... on Conversation { title messageCount }
      ... on Message { role text }
    }
  }`,
  data: z.object({ node: subject.nullable().catch(null) }),
};

const TYPENAMES: Record<Deletable, Subject['__typename']> = {
  ARCHIVE: 'SourceArchive',
  CONVERSATION: 'Conversation',
  MESSAGE: 'Message',
};

/** What an id names. Throws a RefusedError with code NOT_FOUND when it is no such thing of the caller's. */
export async function readSubject(connection: Connection, kind: Deletable, id: string): Promise<Subject> {
  const { node } = await request(connection, readNode, { id });
  if (node?.__typename === TYPENAMES[kind]) return node;
  throw new RefusedError('NOT_FOUND', `There is no ${kind.toLowerCase()} ${id}.`);
}
