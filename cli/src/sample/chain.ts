import { z } from 'zod';
import type { Connection } from '../client/connection.ts';
import { request } from '../client/graphql.ts';

const chain = z.object({
  depth: z.number(),
  items: z.array(
    z
      .object({
        type: z.string(),
        title: z.string(),
        occurredAt: z.string().nullable(),
        conversation: z.object({ platform: z.object({ name: z.string() }) }),
      })
      .nullable(),
  ),
});
/** Items of which each depends on the one after it. */
export type Chain = z.infer<typeof chain>;

const operation = {
  document: `query Chain($of: ID!) { dependencyChains(of: $of, maxDepth: 5, first: 100) {
    depth items { type title occurredAt conversation { platform { name } } }
  } }`,
  data: z.object({ dependencyChains: z.array(chain).nullable() }),
};

/** The longest chain of dependencies that begins at an item; null when there is none. */
export async function readChain(connection: Connection, of: string): Promise<Chain | null> {
  const { dependencyChains } = await request(connection, operation, { of });
  return (dependencyChains ?? []).reduce<Chain | null>(
    (longest, candidate) => (longest === null || candidate.depth > longest.depth ? candidate : longest),
    null,
  );
}
