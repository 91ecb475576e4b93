import type { TenantClient } from '../connection/tenant.ts';

const LOSE_THEIR_END = `
SELECT DISTINCT m.conversation_id AS id FROM intelligence.messages m
WHERE m.tenant_id = $1 AND m.id = ANY ($2::uuid[]) AND m.sequence = (
  SELECT max(o.sequence) FROM intelligence.messages o WHERE o.tenant_id = $1 AND o.conversation_id = m.conversation_id)`;

/** Conversations whose active path ends at one of these messages. */
export async function pathsThatLoseTheirEnd(client: TenantClient, messageIds: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(LOSE_THEIR_END, [client.tenantId, messageIds]);
  return rows.map(({ id }) => id);
}

const NUMBER = `
UPDATE intelligence.messages m SET sequence = n.sequence
FROM (
  SELECT id, row_number() OVER (PARTITION BY conversation_id ORDER BY sequence) - 1 AS sequence
  FROM intelligence.messages WHERE tenant_id = $1 AND conversation_id = ANY ($2::uuid[]) AND sequence IS NOT NULL) n
WHERE m.tenant_id = $1 AND m.id = n.id AND m.sequence <> n.sequence`;
// From the end of the path, or from above the first message where nothing of the path is left, to the newest reply.
const LENGTHEN = `
WITH RECURSIVE walk AS (
  SELECT c.id AS conversation_id, tip.id, coalesce(tip.sequence, -1) AS sequence
  FROM unnest($2::uuid[]) AS c (id)
  LEFT JOIN LATERAL (
    SELECT m.id, m.sequence FROM intelligence.messages m
    WHERE m.tenant_id = $1 AND m.conversation_id = c.id AND m.sequence IS NOT NULL ORDER BY m.sequence DESC LIMIT 1) tip ON true
  UNION ALL
  SELECT walk.conversation_id, reply.id, walk.sequence + 1
  FROM walk CROSS JOIN LATERAL (
    SELECT * FROM (
      SELECT m.id, m.created_at, m.ordinal FROM intelligence.messages m WHERE m.tenant_id = $1 AND m.parent_id = walk.id
      UNION ALL
      SELECT m.id, m.created_at, m.ordinal FROM intelligence.messages m
      WHERE walk.id IS NULL AND m.tenant_id = $1 AND m.conversation_id = walk.conversation_id AND m.parent_id IS NULL
    ) replies ORDER BY created_at DESC NULLS LAST, ordinal DESC LIMIT 1) reply
)
UPDATE intelligence.messages m SET sequence = walk.sequence, on_active_path = true FROM walk
WHERE m.tenant_id = $1 AND m.id = walk.id AND m.sequence IS NULL`;

/**
 * Numbers active paths without gaps after messages went; one that lost its `ended` goes on to the newest replies below
 * what is left of it, as when an export does not say where its path ends.
 */
export async function closePath(
  client: TenantClient,
  conversationIds: readonly string[],
  ended: readonly string[],
): Promise<void> {
  await client.query(NUMBER, [client.tenantId, conversationIds]);
  if (ended.length > 0) await client.query(LENGTHEN, [client.tenantId, ended]);
}
