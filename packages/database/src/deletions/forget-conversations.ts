import type { TenantClient } from '../connection/tenant.ts';
import type { DeletionCounts } from './counts.ts';
import { forgetAssets, namedAssets } from './forget-assets.ts';
import { forgetItems } from './forget-items.ts';
import { addTasks } from './tasks.ts';

const ITEMS = `
SELECT id FROM intelligence.intelligence_items WHERE tenant_id = $1 AND conversation_id = ANY ($2::uuid[])`;
const COUNTS = `
SELECT count(*)::int AS messages,
  (SELECT count(*)::int FROM intelligence.message_revisions r JOIN intelligence.messages o ON o.tenant_id = r.tenant_id AND o.id = r.message_id
    WHERE o.tenant_id = $1 AND o.conversation_id = ANY ($2::uuid[])) AS revisions,
  (SELECT count(*)::int FROM intelligence.attachments f JOIN intelligence.messages o ON o.tenant_id = f.tenant_id AND o.id = f.message_id
    WHERE o.tenant_id = $1 AND o.conversation_id = ANY ($2::uuid[])) AS attachments
FROM intelligence.messages WHERE tenant_id = $1 AND conversation_id = ANY ($2::uuid[])`;
const MESSAGES = `SELECT id FROM intelligence.messages WHERE tenant_id = $1 AND conversation_id = ANY ($2::uuid[])`;
const CHUNKS = `
WITH gone AS (
  DELETE FROM intelligence.text_chunks WHERE tenant_id = $1 AND conversation_id = ANY ($3::uuid[]) RETURNING text_hash
), noted AS (
  INSERT INTO intelligence.deletion_tasks (tenant_id, deletion_id, kind, subject)
  SELECT DISTINCT $1::uuid, $2::uuid, 'TEXT', encode(text_hash, 'hex') FROM gone ON CONFLICT DO NOTHING
)
SELECT count(*)::int AS count FROM gone`;
const CONVERSATIONS = `DELETE FROM intelligence.conversations WHERE tenant_id = $1 AND id = ANY ($2::uuid[])`;

/** Forgets conversations and everything that hangs on them. Their rows are locked already. */
export async function forgetConversations(
  client: TenantClient,
  deletionId: string,
  ids: readonly string[],
): Promise<Partial<DeletionCounts>> {
  if (ids.length === 0) return {};
  const { tenantId } = client;
  const found = await client.query<Pick<DeletionCounts, 'messages' | 'revisions' | 'attachments'>>(COUNTS, [
    tenantId,
    ids,
  ]);
  const items = (await client.query<{ id: string }>(ITEMS, [tenantId, ids])).rows.map(({ id }) => id);
  const messages = (await client.query<{ id: string }>(MESSAGES, [tenantId, ids])).rows.map(({ id }) => id);
  const assets = await namedAssets(client, messages);
  const byItems = await forgetItems(client, deletionId, items);
  const { rows } = await client.query<{ count: number }>(CHUNKS, [tenantId, deletionId, ids]);
  await addTasks(client, deletionId, 'CONVERSATION', ids);
  const { rowCount } = await client.query(CONVERSATIONS, [tenantId, ids]);
  await forgetAssets(client, deletionId, assets);
  return {
    ...found.rows[0],
    ...byItems,
    chunks: (byItems.chunks ?? 0) + (rows[0]?.count ?? 0),
    conversations: rowCount ?? 0,
  };
}
