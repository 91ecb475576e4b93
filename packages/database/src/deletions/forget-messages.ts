import type { TenantClient } from '../connection/tenant.ts';
import { closePath, pathsThatLoseTheirEnd } from './active-path.ts';
import { type DeletionCounts, sumCounts } from './counts.ts';
import { forgetAssets, namedAssets } from './forget-assets.ts';
import { forgetChunks, forgetItems } from './forget-items.ts';
import { addTasks } from './tasks.ts';

const ITEMS = `
SELECT DISTINCT item_id AS id FROM intelligence.item_evidence WHERE tenant_id = $1 AND message_id = ANY ($2::uuid[])`;
const COUNTS = `
SELECT
  (SELECT count(*)::int FROM intelligence.message_revisions WHERE tenant_id = $1 AND message_id = ANY ($2::uuid[])) AS revisions,
  (SELECT count(*)::int FROM intelligence.attachments WHERE tenant_id = $1 AND message_id = ANY ($2::uuid[])) AS attachments`;
// Replies to a message that goes hang on the nearest message above that stays.
const LIFT_REPLIES = `
WITH RECURSIVE above AS (
  SELECT m.id AS reply, p.parent_id AS ancestor
  FROM intelligence.messages m JOIN intelligence.messages p ON p.tenant_id = $1 AND p.id = m.parent_id
  WHERE m.tenant_id = $1 AND m.parent_id = ANY ($2::uuid[]) AND m.id <> ALL ($2::uuid[])
  UNION ALL
  SELECT above.reply, p.parent_id FROM above JOIN intelligence.messages p ON p.tenant_id = $1 AND p.id = above.ancestor
  WHERE above.ancestor = ANY ($2::uuid[])
)
UPDATE intelligence.messages m SET parent_id = above.ancestor FROM above
WHERE m.tenant_id = $1 AND m.id = above.reply AND (above.ancestor IS NULL OR above.ancestor <> ALL ($2::uuid[]))`;
const MESSAGES = `
DELETE FROM intelligence.messages WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) RETURNING conversation_id AS "conversationId"`;

/**
 * Forgets messages of conversations that stay, with their former texts, files and items; replies move up, and the active
 * path closes. The conversations' rows are locked already, and have yet to be described anew.
 */
export async function forgetMessages(
  client: TenantClient,
  deletionId: string,
  messageIds: readonly string[],
): Promise<{ conversationIds: string[]; counts: Partial<DeletionCounts> }> {
  if (messageIds.length === 0) return { conversationIds: [], counts: {} };
  const values = [client.tenantId, messageIds];
  const found = await client.query<Pick<DeletionCounts, 'revisions' | 'attachments'>>(COUNTS, values);
  const items = (await client.query<{ id: string }>(ITEMS, values)).rows.map(({ id }) => id);
  const assets = await namedAssets(client, messageIds);
  const byItems = await forgetItems(client, deletionId, items);
  const chunks = await forgetChunks(client, deletionId, messageIds);
  await addTasks(client, deletionId, 'ITEM', items);
  await addTasks(client, deletionId, 'MESSAGE', messageIds);

  const ended = await pathsThatLoseTheirEnd(client, messageIds);
  await client.query(LIFT_REPLIES, values);
  const gone = await client.query<{ conversationId: string }>(MESSAGES, values);
  await forgetAssets(client, deletionId, assets);
  const conversationIds = [...new Set(gone.rows.map(({ conversationId }) => conversationId))];
  await closePath(client, conversationIds, ended);
  return {
    conversationIds,
    counts: sumCounts(found.rows[0] ?? {}, byItems, { chunks, messages: gone.rows.length }),
  };
}
