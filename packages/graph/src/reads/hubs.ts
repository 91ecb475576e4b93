import type { GraphTransaction } from '../connection/executor.ts';
import type { Hub } from '../model.ts';
import { RELATIONS } from '../schema/labels.ts';

/** Exported for golden tests. */
export const HUBS = `
MATCH (item:Intelligence {tenantId: $tenantId})
WHERE item.projected
WITH item, COUNT { (item)-[:${RELATIONS}]-(:Intelligence {tenantId: $tenantId}) } AS connections
WHERE connections > toInteger($moreThan)
RETURN item.id AS itemId, connections
ORDER BY connections DESC, itemId
LIMIT toInteger($first)`;

/** Items that more than `moreThan` relations touch, the most connected first, then by id. */
export async function hubs(
  transaction: GraphTransaction,
  tenantId: string,
  { moreThan, first }: { moreThan: number; first: number },
): Promise<Hub[]> {
  const { records } = await transaction.run<{ itemId: string; connections: number }>(HUBS, {
    tenantId,
    moreThan,
    first,
  });
  return records.map((record) => record.toObject());
}
