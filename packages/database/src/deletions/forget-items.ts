import type { TenantClient } from '../connection/tenant.ts';
import type { DeletionCounts } from './counts.ts';

// What was reduced in favour of a relation that goes may hold now: the conversations at the other ends are related anew.
const UNRELATED = `
INSERT INTO intelligence.deletion_tasks (tenant_id, deletion_id, kind, subject)
SELECT DISTINCT $1::uuid, $2::uuid, 'UNRELATED', other.conversation_id::text
FROM intelligence.intelligence_relationships r
JOIN intelligence.intelligence_items other
  ON other.tenant_id = $1 AND other.id = CASE WHEN r.source_id = ANY ($3::uuid[]) THEN r.target_id ELSE r.source_id END
WHERE r.tenant_id = $1 AND (r.source_id = ANY ($3::uuid[]) OR r.target_id = ANY ($3::uuid[]))
ON CONFLICT DO NOTHING`;
const RELATIONS = `
DELETE FROM intelligence.intelligence_relationships
WHERE tenant_id = $1 AND (source_id = ANY ($2::uuid[]) OR target_id = ANY ($2::uuid[]))`;
const ITEMS = `DELETE FROM intelligence.intelligence_items WHERE tenant_id = $1 AND id = ANY ($2::uuid[])`;

/** Forgets items with their evidence, relations, feedback and chunks. They have yet to go from the projections. */
export async function forgetItems(
  client: TenantClient,
  deletionId: string,
  itemIds: readonly string[],
): Promise<Partial<DeletionCounts>> {
  if (itemIds.length === 0) return {};
  const { tenantId } = client;
  await client.query(UNRELATED, [tenantId, deletionId, itemIds]);
  const relations = await client.query(RELATIONS, [tenantId, itemIds]);
  const chunks = await forgetChunks(client, deletionId, itemIds);
  const items = await client.query(ITEMS, [tenantId, itemIds]);
  return { relations: relations.rowCount ?? 0, items: items.rowCount ?? 0, chunks };
}

const CHUNKS = `
WITH gone AS (
  DELETE FROM intelligence.text_chunks WHERE tenant_id = $1 AND owner_id = ANY ($3::uuid[]) RETURNING text_hash
), noted AS (
  INSERT INTO intelligence.deletion_tasks (tenant_id, deletion_id, kind, subject)
  SELECT DISTINCT $1::uuid, $2::uuid, 'TEXT', encode(text_hash, 'hex') FROM gone ON CONFLICT DO NOTHING
)
SELECT count(*)::int AS count FROM gone`;

/** Forgets the chunks of messages and items, under every embedding version; the number of them. */
export async function forgetChunks(
  client: TenantClient,
  deletionId: string,
  ownerIds: readonly string[],
): Promise<number> {
  if (ownerIds.length === 0) return 0;
  const { rows } = await client.query<{ count: number }>(CHUNKS, [client.tenantId, deletionId, ownerIds]);
  return rows[0]?.count ?? 0;
}
