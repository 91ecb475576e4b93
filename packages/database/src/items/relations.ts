import { mintUuid, type RelationType } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';

export interface FoundRelationRow {
  sourceId: string;
  targetId: string;
  type: RelationType;
  strength: number;
  confidence: number;
  reason: string;
  metadata: Record<string, unknown>;
}

const BATCH = 2_000;

const UPSERT = `
INSERT INTO intelligence.intelligence_relationships AS known (tenant_id, id, source_id, target_id, type, strength, confidence, reason, metadata)
SELECT $1, r.id, r.source_id, r.target_id, r.type, r.strength, r.confidence, r.reason, r.metadata
FROM json_to_recordset($2::json) AS r (id uuid, source_id uuid, target_id uuid, type intelligence.relation_type, strength numeric,
  confidence numeric, reason text, metadata jsonb)
ON CONFLICT (tenant_id, source_id, target_id, type) DO UPDATE SET
  strength = excluded.strength, confidence = excluded.confidence, reason = excluded.reason, metadata = excluded.metadata
WHERE (known.strength, known.confidence, known.reason, known.metadata)
  IS DISTINCT FROM (excluded.strength, excluded.confidence, excluded.reason, excluded.metadata)`;

// Relations of a fresh item that were not found again are gone; both ends' conversations must be shown anew.
const DROP = `
DELETE FROM intelligence.intelligence_relationships r
WHERE r.tenant_id = $1 AND (r.source_id = ANY ($2::uuid[]) OR r.target_id = ANY ($2::uuid[]))
  AND NOT EXISTS (
    SELECT FROM json_to_recordset($3::json) AS f (source_id uuid, target_id uuid, type intelligence.relation_type)
    WHERE f.source_id = r.source_id AND f.target_id = r.target_id AND f.type = r.type)
RETURNING r.source_id`;
const TOUCH = `
UPDATE intelligence.conversations SET graph_revision = graph_revision + 1
WHERE tenant_id = $1 AND id IN (
  SELECT conversation_id FROM intelligence.intelligence_items WHERE tenant_id = $1 AND id = ANY ($2::uuid[]))`;

/** Makes the relations that touch the fresh items what was found, and marks the conversations whose graph changed. */
export async function replaceRelations(
  client: TenantClient,
  freshItemIds: readonly string[],
  found: readonly FoundRelationRow[],
): Promise<void> {
  const records = found.map((relation) => ({
    id: mintUuid(),
    source_id: relation.sourceId,
    target_id: relation.targetId,
    type: relation.type,
    strength: relation.strength,
    confidence: relation.confidence,
    reason: relation.reason,
    metadata: relation.metadata,
  }));
  const keys = JSON.stringify(records.map(({ source_id, target_id, type }) => ({ source_id, target_id, type })));
  const dropped = await client.query<{ source_id: string }>(DROP, [client.tenantId, freshItemIds, keys]);
  for (let start = 0; start < records.length; start += BATCH) {
    await client.query(UPSERT, [client.tenantId, JSON.stringify(records.slice(start, start + BATCH))]);
  }
  const touched = new Set([
    ...records.map(({ source_id }) => source_id),
    ...dropped.rows.map(({ source_id }) => source_id),
  ]);
  await client.query(TOUCH, [client.tenantId, [...touched]]);
}

const MARK_RELATED = `
UPDATE intelligence.conversations c SET related_revision = c.extracted_revision
FROM intelligence.session_conversations s
WHERE s.tenant_id = $1 AND s.session_id = $2 AND c.tenant_id = s.tenant_id AND c.id = s.conversation_id
  AND c.related_revision < c.extracted_revision`;

/** Notes that relations were sought for everything this session's conversations hold. */
export async function markRelated(client: TenantClient, sessionId: string): Promise<void> {
  await client.query(MARK_RELATED, [client.tenantId, sessionId]);
}

/** Relations whose source is an item of one of the conversations. */
export interface StoredRelation extends FoundRelationRow {
  id: string;
  sourceConversationId: string;
  createdAt: Date;
}

const OF_CONVERSATIONS = `
SELECT r.id, r.source_id AS "sourceId", r.target_id AS "targetId", r.type, r.strength::float8 AS strength,
  r.confidence::float8 AS confidence, r.reason, r.metadata, r.created_at AS "createdAt", i.conversation_id AS "sourceConversationId"
FROM intelligence.intelligence_relationships r
JOIN intelligence.intelligence_items i ON i.tenant_id = r.tenant_id AND i.id = r.source_id
WHERE r.tenant_id = $1 AND i.conversation_id = ANY ($2::uuid[])
ORDER BY r.source_id, r.target_id, r.type`;

export async function readRelations(
  client: TenantClient,
  conversationIds: readonly string[],
): Promise<StoredRelation[]> {
  const { rows } = await client.query<StoredRelation>(OF_CONVERSATIONS, [client.tenantId, conversationIds]);
  return rows;
}
