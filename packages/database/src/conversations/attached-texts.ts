import type { TenantClient } from '../connection/tenant.ts';

/** What was read out of a file that came with a message. */
export interface AttachedText {
  attachmentId: string;
  messageId: string;
  conversationId: string;
  text: string;
}

const READ = `
SELECT f.id AS "attachmentId", f.message_id AS "messageId", m.conversation_id AS "conversationId", f.text
FROM intelligence.messages m
JOIN intelligence.attachments f ON f.tenant_id = m.tenant_id AND f.message_id = m.id
WHERE m.tenant_id = $1 AND m.conversation_id = ANY ($2::uuid[]) AND f.text <> ''
ORDER BY f.message_id, f.ordinal, f.id`;

/** The texts of files in some conversations, in the order in which the files stand in their messages. */
export async function readAttachedTexts(
  client: TenantClient,
  conversationIds: readonly string[],
): Promise<AttachedText[]> {
  const { rows } = await client.query<AttachedText>(READ, [client.tenantId, conversationIds]);
  return rows;
}
