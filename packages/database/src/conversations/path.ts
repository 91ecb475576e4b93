import type { TenantClient } from '../connection/tenant.ts';
import type { IncomingMessage } from './incoming.ts';

const MOVE = `
UPDATE intelligence.messages m SET parent_id = coalesce(r.parent_id, m.parent_id), sequence = r.sequence, on_active_path = r.sequence IS NOT NULL
FROM json_to_recordset($3::json) AS r (id uuid, parent_id uuid, sequence integer)
WHERE m.tenant_id = $1 AND m.conversation_id = $2 AND m.id = r.id
  AND (m.sequence IS DISTINCT FROM r.sequence OR m.parent_id IS DISTINCT FROM coalesce(r.parent_id, m.parent_id))`;
const LEAVE_PATH = `
UPDATE intelligence.messages SET sequence = NULL, on_active_path = false
WHERE tenant_id = $1 AND conversation_id = $2 AND on_active_path AND NOT id = ANY ($3::uuid[])`;

const ORDER_BY_TIME = `
WITH ordered AS (
  SELECT id, row_number() OVER chronicle - 1 AS sequence, lag(id) OVER chronicle AS parent_id
  FROM intelligence.messages WHERE tenant_id = $1 AND conversation_id = $2
  WINDOW chronicle AS (ORDER BY created_at NULLS FIRST, length(external_id), external_id))
UPDATE intelligence.messages m SET sequence = o.sequence, parent_id = o.parent_id, on_active_path = true
FROM ordered o
WHERE m.tenant_id = $1 AND m.id = o.id AND (m.sequence IS DISTINCT FROM o.sequence OR m.parent_id IS DISTINCT FROM o.parent_id)`;

/** Makes all messages of a conversation one chain in the order of their times, whichever exports they came from. */
export async function orderByTime(client: TenantClient, conversationId: string): Promise<void> {
  await client.query(ORDER_BY_TIME, [client.tenantId, conversationId]);
}

/** Makes the active path of stored messages what the newer archive says. */
export async function movePath(
  client: TenantClient,
  conversationId: string,
  messages: readonly IncomingMessage[],
  idOf: ReadonlyMap<string, string>,
): Promise<void> {
  const named = messages.flatMap((message) => {
    const id = idOf.get(message.externalId);
    const parent = message.parentExternalId === null ? null : (idOf.get(message.parentExternalId) ?? null);
    return id ? [{ id, parent_id: parent, sequence: message.sequence }] : [];
  });
  await client.query(MOVE, [client.tenantId, conversationId, JSON.stringify(named)]);
  await client.query(LEAVE_PATH, [client.tenantId, conversationId, named.map(({ id }) => id)]);
}
