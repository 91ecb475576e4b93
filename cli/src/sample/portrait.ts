import { z } from 'zod';
import type { Connection } from '../client/connection.ts';
import { requestPartial } from '../client/graphql.ts';
import { RefusedError } from '../exit.ts';

const related = z
  .array(
    z
      .object({
        type: z.string(),
        title: z.string(),
        occurredAt: z.string().nullable(),
        conversation: z.object({ platform: z.object({ name: z.string() }) }),
      })
      .nullable(),
  )
  .nullable();

const portrait = z.object({
  type: z.string(),
  title: z.string(),
  confidence: z.number(),
  occurredAt: z.string().nullable(),
  conversation: z.object({ title: z.string().nullable(), platform: z.object({ displayName: z.string() }) }),
  evidence: z.array(z.object({ quote: z.string(), message: z.object({ role: z.string() }) })),
  connectionCount: z.number().nullable(),
  dependsOn: related,
  evolvedFrom: related,
  evolvesTo: related,
  similar: z
    .array(
      z
        .object({
          score: z.number(),
          node: z.union([
            z.object({ __typename: z.literal('IntelligenceItem'), type: z.string(), title: z.string() }),
            z.object({ __typename: z.literal('Message'), role: z.string() }),
          ]),
          snippet: z.string(),
        })
        .nullable(),
    )
    .nullable(),
});
/** An item as all three subgraphs know it; null where a part did not answer. */
export type Portrait = z.infer<typeof portrait>;

const RELATED = '{ type title occurredAt conversation { platform { name } } }';
const operation = {
  document: `query Portrait($id: ID!) { item(id: $id) {
    type title confidence occurredAt
    conversation { title platform { displayName } }
    evidence { quote message { role } }
    connectionCount dependsOn(first: 3) ${RELATED} evolvedFrom(first: 3) ${RELATED} evolvesTo(first: 3) ${RELATED}
    similar(first: 3) { score snippet node { __typename ... on IntelligenceItem { type title } ... on Message { role } } }
  } }`,
  data: z.object({ item: portrait.nullable() }),
};

/** One item, by one operation over all three subgraphs. */
export async function readPortrait(connection: Connection, id: string): Promise<Portrait> {
  const { data } = await requestPartial(connection, operation, { id });
  if (!data.item) throw new RefusedError('NOT_FOUND', `There is no item ${id}.`);
  return data.item;
}
