import { z } from 'zod';
import type { Connection } from '../client/connection.ts';
import { type Operation, request } from '../client/graphql.ts';
import { RefusedError } from '../exit.ts';

export const STATUSES = ['PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
export type SessionStatus = (typeof STATUSES)[number];
const TERMINAL: ReadonlySet<SessionStatus> = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);

/** Whether a session will change no more. */
export function isTerminal(status: SessionStatus): boolean {
  return TERMINAL.has(status);
}

export const SESSION_FIELDS = `
  id status stage fraction waitingFor createdAt seconds messagesPerSecond bytesPerSecond
  conversationCount messageCount itemCount issueCount newConversationCount newMessageCount
  changedConversationCount unchangedConversationCount changedMessageCount unchangedMessageCount
  absentMessageCount attachmentCount issueCounts { code count }
  errorCode errorMessage
  archive { fileName }
`;

const issueCount = z.object({ code: z.string(), count: z.number() });
/** How many issues of one code there are. */
export type IssueCount = z.infer<typeof issueCount>;

/** An extraction session; counts say what the archive holds, `new...` what it added. */
export const session = z.object({
  id: z.string(),
  status: z.enum(STATUSES),
  stage: z.string(),
  /** 0..1 over all stages. */
  fraction: z.number(),
  waitingFor: z.string().nullable(),
  createdAt: z.string(),
  /** From the beginning of work to the end, or to now. */
  seconds: z.number().nullable(),
  /** Both of the stage PARSE. */
  messagesPerSecond: z.number().nullable(),
  bytesPerSecond: z.number().nullable(),
  conversationCount: z.number(),
  messageCount: z.number(),
  itemCount: z.number(),
  issueCount: z.number(),
  newConversationCount: z.number(),
  newMessageCount: z.number(),
  changedConversationCount: z.number(),
  unchangedConversationCount: z.number(),
  changedMessageCount: z.number(),
  unchangedMessageCount: z.number(),
  absentMessageCount: z.number(),
  attachmentCount: z.number(),
  issueCounts: z.array(issueCount),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  archive: z.object({ fileName: z.string() }),
});
export type Session = z.infer<typeof session>;

const one: Operation<{ extractionSession: Session | null }> = {
  document: `query Session($id: ID!) { extractionSession(id: $id) { ${SESSION_FIELDS} } }`,
  data: z.object({ extractionSession: session.nullable() }),
};

/** The session's present state. Throws a RefusedError with code NOT_FOUND when the caller has no such session. */
export async function readSession(connection: Connection, id: string): Promise<Session> {
  const { extractionSession } = await request(connection, one, { id });
  if (!extractionSession) throw sessionNotFound(id);
  return extractionSession;
}

/** The error for an id that names no session of the caller's tenant. */
export function sessionNotFound(id: string): RefusedError {
  return new RefusedError('NOT_FOUND', `There is no session ${id}. \`colloquy sessions\` lists yours.`);
}

const list: Operation<{ extractionSessions: { edges: { node: Session }[]; totalCount: number | null } | null }> = {
  document: `query Sessions($first: Int!, $status: ExtractionStatus) {
    extractionSessions(first: $first, status: $status) { edges { node { ${SESSION_FIELDS} } } totalCount }
  }`,
  data: z.object({
    extractionSessions: z
      .object({ edges: z.array(z.object({ node: session })), totalCount: z.number().nullable() })
      .nullable(),
  }),
};

/** The newest sessions, at most `first` (1..100). */
export async function listSessions(
  connection: Connection,
  filter: { first: number; status?: SessionStatus | undefined },
): Promise<{ sessions: Session[]; totalCount: number }> {
  const { extractionSessions: page } = await request(connection, list, filter);
  const sessions = page?.edges.map((edge) => edge.node) ?? [];
  return { sessions, totalCount: page?.totalCount ?? sessions.length };
}

/** What could not be read in an archive. */
export interface ParseIssue {
  code: string;
  message: string;
  location: string;
}

const issues: Operation<{ extractionSession: { issues: { edges: { node: ParseIssue }[] } | null } | null }> = {
  document: `query Issues($id: ID!, $first: Int!) {
    extractionSession(id: $id) { issues(first: $first) { edges { node { code message location } } } }
  }`,
  data: z.object({
    extractionSession: z
      .object({
        issues: z
          .object({
            edges: z.array(
              z.object({ node: z.object({ code: z.string(), message: z.string(), location: z.string() }) }),
            ),
          })
          .nullable(),
      })
      .nullable(),
  }),
};

/** The first parse issues of a session. */
export async function readIssues(connection: Connection, id: string, first: number): Promise<ParseIssue[]> {
  const { extractionSession } = await request(connection, issues, { id, first });
  return extractionSession?.issues?.edges.map((edge) => edge.node) ?? [];
}
