import type { GraphTransaction } from '../connection/executor.ts';
import type { Evolution } from '../model.ts';

/** Exported for golden tests. `maxHops` is a number of the closed range 1..3: Cypher takes no parameter there. */
export function evolutionsStatement(maxHops: 1 | 2 | 3): string {
  return `
MATCH path = (earlier:Intelligence {tenantId: $tenantId})-[:EVOLVES_TO*1..${maxHops}]->(later:Intelligence {tenantId: $tenantId})
WHERE ($from IS NULL OR earlier.platform = $from) AND ($to IS NULL OR later.platform = $to)
  AND all(node IN nodes(path) WHERE node.tenantId = $tenantId AND single(other IN nodes(path) WHERE other = node))
WITH [node IN nodes(path) | node.id] AS itemIds, relationships(path) AS steps
WITH itemIds,
  reduce(total = 0.0, step IN steps | total + step.similarity_score) / size(steps) AS similarity,
  reduce(total = 0.0, step IN steps | total + step.time_gap_hours) AS hours
RETURN itemIds, similarity, hours
ORDER BY similarity DESC, size(itemIds), itemIds
LIMIT toInteger($first)`;
}

/** Paths between items of two platforms (of any, where one is null), the most similar first, then the shortest. */
export async function evolutions(
  transaction: GraphTransaction,
  tenantId: string,
  { from, to, maxHops, first }: { from: string | null; to: string | null; maxHops: 1 | 2 | 3; first: number },
): Promise<Evolution[]> {
  const { records } = await transaction.run<{ itemIds: string[]; similarity: number; hours: number | null }>(
    evolutionsStatement(maxHops),
    { tenantId, from, to, first },
  );
  return records.map((record) => record.toObject());
}
