import type { TenantClient } from '../connection/tenant.ts';

/** Amounts to add to what a session reports. */
export interface SessionCounts {
  conversations?: number;
  messages?: number;
  items?: number;
  issues?: number;
  newConversations?: number;
  newMessages?: number;
  changedConversations?: number;
  changedMessages?: number;
  absentMessages?: number;
  attachments?: number;
}

const ADD = `
UPDATE intelligence.extraction_sessions SET
  conversation_count = conversation_count + $3, message_count = message_count + $4, item_count = item_count + $5,
  issue_count = issue_count + $6, new_conversation_count = new_conversation_count + $7, new_message_count = new_message_count + $8,
  changed_conversation_count = changed_conversation_count + $9, changed_message_count = changed_message_count + $10,
  absent_message_count = absent_message_count + $11, attachment_count = attachment_count + $12
WHERE tenant_id = $1 AND id = $2`;

/** Adds to the session's counts. One of the last statements of a step: it locks the session row until the commit. */
export async function addCounts(client: TenantClient, sessionId: string, counts: SessionCounts): Promise<void> {
  await client.query(ADD, [
    client.tenantId,
    sessionId,
    counts.conversations ?? 0,
    counts.messages ?? 0,
    counts.items ?? 0,
    counts.issues ?? 0,
    counts.newConversations ?? 0,
    counts.newMessages ?? 0,
    counts.changedConversations ?? 0,
    counts.changedMessages ?? 0,
    counts.absentMessages ?? 0,
    counts.attachments ?? 0,
  ]);
}
