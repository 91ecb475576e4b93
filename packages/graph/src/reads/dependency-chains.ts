import type { GraphTransaction } from '../connection/executor.ts';
import type { DependencyChain } from '../model.ts';

const START = `
MATCH (start:Intelligence {id: $id, tenantId: $tenantId})
WHERE start.projected
RETURN start.id AS id`;

/** Exported for golden tests. One step further from the end of each path; an item is in a chain once. */
export const EXTEND = `
UNWIND $paths AS path
MATCH (last:Intelligence {id: path[-1], tenantId: $tenantId})-[:DEPENDS_ON]->(further:Intelligence {tenantId: $tenantId})
WHERE NOT further.id IN path
WITH path + further.id AS path
ORDER BY path
LIMIT toInteger($limit)
RETURN path`;

/**
 * Chains of 1 to `maxDepth` steps that begin at the item, the shortest first, then by ids; null when it is not projected.
 * They are walked depth by depth, and only while fewer than `first` were found: a dense graph has more paths of five
 * steps than can be counted, but then it has enough shorter ones.
 */
export async function dependencyChains(
  transaction: GraphTransaction,
  tenantId: string,
  { of, maxDepth, first }: { of: string; maxDepth: number; first: number },
): Promise<DependencyChain[] | null> {
  const start = await transaction.run(START, { id: of, tenantId });
  if (start.records.length === 0) return null;
  const chains: DependencyChain[] = [];
  let paths: string[][] = [[of]];
  for (let depth = 1; depth <= maxDepth && paths.length > 0 && chains.length < first; depth += 1) {
    const limit = first - chains.length;
    const { records } = await transaction.run<{ path: string[] }>(EXTEND, { paths, tenantId, limit });
    paths = records.map((record) => record.get('path'));
    chains.push(...paths.map((itemIds) => ({ depth, itemIds })));
  }
  return chains;
}
