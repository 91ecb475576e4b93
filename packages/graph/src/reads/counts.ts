import type { GraphTransaction } from '../connection/executor.ts';
import type { GraphCounts, Slot } from '../model.ts';
import { LABELS } from '../schema/labels.ts';

function countStatement(slot: Slot): string {
  const { item, conversation } = LABELS[slot];
  return `
RETURN
  COUNT { (i:${item} {tenantId: $tenantId}) WHERE i.projected } AS items,
  COUNT { (:${conversation} {tenantId: $tenantId}) } AS conversations,
  {
    DEPENDS_ON: COUNT { (:${item} {tenantId: $tenantId})-[:DEPENDS_ON]->() },
    EVOLVES_TO: COUNT { (:${item} {tenantId: $tenantId})-[:EVOLVES_TO]->() },
    RELATES_TO: COUNT { (:${item} {tenantId: $tenantId})-[:RELATES_TO]->() },
    EXTRACTED_FROM: COUNT { (:${item} {tenantId: $tenantId})-[:EXTRACTED_FROM]->() }
  } AS relations`;
}

export async function counts(transaction: GraphTransaction, tenantId: string, slot: Slot): Promise<GraphCounts> {
  const { records } = await transaction.run<{
    items: number;
    conversations: number;
    relations: GraphCounts['relations'];
  }>(countStatement(slot), { tenantId });
  const [record] = records;
  if (!record) throw new TypeError('expected one row of counts, got none');
  return record.toObject();
}
