import type { TenantClient } from '../connection/tenant.ts';

/** That a session saw a conversation, and what it added to it. */
export interface SeenConversation {
  conversationId: string;
  ordinal: number;
  messageCount: number;
  isNew: boolean;
  visit: number;
  newMessages: number;
}

const RECORD = `
INSERT INTO intelligence.session_conversations (tenant_id, session_id, conversation_id, ordinal, message_count, is_new, new_message_count, visit)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (tenant_id, session_id, conversation_id) DO NOTHING`;

/** Notes the conversation; false when this session had seen it already (an archive may hold one twice). */
export async function recordConversation(
  client: TenantClient,
  sessionId: string,
  seen: SeenConversation,
): Promise<boolean> {
  const { rowCount } = await client.query(RECORD, [
    client.tenantId,
    sessionId,
    seen.conversationId,
    seen.ordinal,
    seen.messageCount,
    seen.isNew,
    seen.newMessages,
    seen.visit,
  ]);
  return rowCount === 1;
}

export interface IssueRow {
  ordinal: number;
  code: string;
  message: string;
  location: string;
}

const ISSUES = `
INSERT INTO intelligence.parse_issues (tenant_id, session_id, ordinal, code, message, location)
SELECT $1, $2, r.ordinal, r.code, r.message, r.location
FROM json_to_recordset($3::json) AS r (ordinal integer, code text, message text, location text)
ON CONFLICT (tenant_id, session_id, ordinal) DO NOTHING`;

/** Stores what could not be read; the number that was not stored before. */
export async function recordIssues(
  client: TenantClient,
  sessionId: string,
  issues: readonly IssueRow[],
): Promise<number> {
  if (issues.length === 0) return 0;
  const { rowCount } = await client.query(ISSUES, [client.tenantId, sessionId, JSON.stringify(issues)]);
  return rowCount ?? 0;
}
