import { z } from 'zod';
import type { Connection } from '../client/connection.ts';
import { requestPartial } from '../client/graphql.ts';

const nullableIds = z.array(z.object({ id: z.string() }).nullable()).nullable();
const conversation = z.object({ platform: z.object({ name: z.string() }) });
const overviewItem = z.object({
  id: z.string(),
  type: z.string(),
  conversation,
  connectionCount: z.number().nullable(),
  dependsOn: nullableIds,
  evolvedFrom: z.array(z.object({ type: z.string(), conversation }).nullable()).nullable(),
});
/** An item with the edges that decide whether it makes a good example. */
export type OverviewItem = z.infer<typeof overviewItem>;

const operation = {
  document: `query Overview { items(first: 100) { edges { node {
    id type connectionCount conversation { platform { name } }
    dependsOn(first: 20) { id } evolvedFrom(first: 20) { type conversation { platform { name } } }
  } } } }`,
  data: z.object({ items: z.object({ edges: z.array(z.object({ node: overviewItem })) }).nullable() }),
};

/** The newest hundred items and their edges. */
export async function readOverview(connection: Connection): Promise<OverviewItem[]> {
  const { data } = await requestPartial(connection, operation);
  return data.items?.edges.map((edge) => edge.node) ?? [];
}

/** The examples worth showing: the decision with the most to tell, and the item whose dependencies reach deepest. */
export function choose(items: readonly OverviewItem[]): { portrayed: string | null; deepest: string | null } {
  const decisions = items.filter((item) => item.type === 'TECHNICAL_DECISION');
  const told = (item: OverviewItem) =>
    (item.connectionCount ?? 0) + 3 * (item.dependsOn?.length ?? 0) + 10 * revisions(item);
  const byId = new Map(items.map((item) => [item.id, item]));
  const depths = new Map(items.map((item) => [item, depth(item, byId, new Set())]));
  // Of chains that are equally long, one that begins with a decision says the most.
  const deepest = best([...decisions, ...items], (item) => depths.get(item) ?? 0);
  return {
    portrayed: best(decisions.length > 0 ? decisions : items, told)?.id ?? null,
    deepest: deepest && (depths.get(deepest) ?? 0) > 0 ? deepest.id : null,
  };
}

/** How many decisions of other platforms this one took further: what no single export can show. */
function revisions({ evolvedFrom, conversation: { platform } }: OverviewItem): number {
  const earlier = evolvedFrom ?? [];
  return earlier.filter(
    (source) => source?.type === 'TECHNICAL_DECISION' && source.conversation.platform.name !== platform.name,
  ).length;
}

/** Length of the longest way along dependencies; a cycle ends it. */
function depth(item: OverviewItem, byId: ReadonlyMap<string, OverviewItem>, passed: ReadonlySet<string>): number {
  const seen = new Set([...passed, item.id]);
  // The public graph answers chains of up to five steps, so nothing longer is looked for.
  if (seen.size > 5) return 0;
  const steps = (item.dependsOn ?? []).map((target) => {
    const next = target && !seen.has(target.id) ? byId.get(target.id) : undefined;
    return next ? 1 + depth(next, byId, seen) : 0;
  });
  return Math.max(0, ...steps);
}

function best<T>(candidates: readonly T[], score: (candidate: T) => number): T | undefined {
  return candidates.reduce<T | undefined>(
    (leader, candidate) => (leader === undefined || score(candidate) > score(leader) ? candidate : leader),
    undefined,
  );
}
