import type { TenantClient } from '../connection/tenant.ts';

/** That a session saw a conversation, and what it did to it. */
export interface SeenConversation {
  conversationId: string;
  /** Its place in the archive. */
  ordinal: number;
  /** Which visit of an export to the conversation this is, from 1. */
  visit: number;
  isNew: boolean;
  /** Messages in the export. */
  messageCount: number;
  newMessages: number;
  /** Messages whose text is another now; the former one is kept. */
  changedMessages: number;
  /** Messages that exports held before and this one does not, for the first time; they stay. */
  absentMessages: number;
  titleChanged: boolean;
}

// An archive may hold a conversation twice: then both add to what the session did to it.
const RECORD = `
INSERT INTO intelligence.session_conversations AS sc (tenant_id, session_id, conversation_id, ordinal, message_count, is_new, new_message_count,
  visit, changed_message_count, absent_message_count, title_changed)
SELECT $1, $2, r.conversation_id, r.ordinal, r.message_count, r.is_new, r.new_message_count,
  r.visit, r.changed_message_count, r.absent_message_count, r.title_changed
FROM json_to_recordset($3::json) AS r (conversation_id uuid, ordinal integer, message_count integer, is_new boolean,
  new_message_count integer, visit integer, changed_message_count integer, absent_message_count integer, title_changed boolean)
ON CONFLICT (tenant_id, session_id, conversation_id) DO UPDATE SET
  new_message_count = sc.new_message_count + excluded.new_message_count,
  changed_message_count = sc.changed_message_count + excluded.changed_message_count,
  title_changed = sc.title_changed OR excluded.title_changed
RETURNING conversation_id AS "conversationId", (xmax = 0) AS inserted`;

/** Notes distinct conversations; gives the ids of those that this session had not seen yet. */
export async function recordConversations(
  client: TenantClient,
  sessionId: string,
  seen: readonly SeenConversation[],
): Promise<Set<string>> {
  const records = seen.map((conversation) => ({
    conversation_id: conversation.conversationId,
    ordinal: conversation.ordinal,
    message_count: conversation.messageCount,
    is_new: conversation.isNew,
    new_message_count: conversation.newMessages,
    visit: conversation.visit,
    changed_message_count: conversation.changedMessages,
    absent_message_count: conversation.absentMessages,
    title_changed: conversation.titleChanged,
  }));
  const { rows } = await client.query<{ conversationId: string; inserted: boolean }>(RECORD, [
    client.tenantId,
    sessionId,
    JSON.stringify(records),
  ]);
  return new Set(rows.flatMap(({ conversationId, inserted }) => (inserted ? [conversationId] : [])));
}

export interface IssueRow {
  code: string;
  message: string;
  location: string;
}

// Numbered in the order of arrival. A step that is tried again stored nothing the first time, so none comes twice.
const ISSUES = `
INSERT INTO intelligence.parse_issues (tenant_id, session_id, ordinal, code, message, location)
SELECT $1, $2, last.ordinal + r.place, r.code, r.message, r.location
FROM (SELECT coalesce(max(ordinal), -1) AS ordinal FROM intelligence.parse_issues WHERE tenant_id = $1 AND session_id = $2) AS last,
  ROWS FROM (json_to_recordset($3::json) AS (code text, message text, location text)) WITH ORDINALITY AS r (code, message, location, place)`;

/** Stores what could not be read. */
export async function recordIssues(
  client: TenantClient,
  sessionId: string,
  issues: readonly IssueRow[],
): Promise<void> {
  if (issues.length === 0) return;
  await client.query(ISSUES, [client.tenantId, sessionId, JSON.stringify(issues)]);
}
