import { createHash } from 'node:crypto';
import { ARRANGED_BY_TIME, mintUuid } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';
import type { IncomingConversation, IncomingMessage } from './incoming.ts';
import { insertMessages, type MessageRow, movePath, orderByTime } from './messages.ts';

/** What storing a conversation did. */
export interface MergeResult {
  conversationId: string;
  isNew: boolean;
  /** Which visit of an export to the conversation this is, from 1. */
  visit: number;
  newMessages: number;
  /** External ids of messages whose text differs from the stored one, which is kept. */
  changedTexts: string[];
}

export const hashText = (text: string): Buffer => createHash('sha256').update(text).digest();

const INSERT = `
INSERT INTO intelligence.conversations (tenant_id, id, platform_id, external_id, content_hash) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (tenant_id, platform_id, external_id) DO NOTHING`;
const LOCK = `
UPDATE intelligence.conversations SET visits = visits + 1
WHERE tenant_id = $1 AND platform_id = $2 AND external_id = $3 RETURNING id, content_hash AS "contentHash", visits`;
const STORED = `SELECT id, external_id AS "externalId", content_hash AS "contentHash" FROM intelligence.messages WHERE tenant_id = $1 AND conversation_id = $2`;
const DESCRIBE = `
UPDATE intelligence.conversations c SET
  title = coalesce($3, c.title), url = coalesce($4, c.url), metadata = c.metadata || $5::jsonb, raw = $6::json, content_hash = $7,
  started_at = least(c.started_at, $8), ended_at = greatest(c.ended_at, $9),
  message_count = (SELECT count(*) FROM intelligence.messages m WHERE m.tenant_id = $1 AND m.conversation_id = $2),
  participant_count = greatest($10, CASE WHEN $11::int > 0 THEN c.participant_count ELSE 0 END), revision = c.revision + $11::int, chunks_stale = c.chunks_stale OR $11::int > 0
WHERE c.tenant_id = $1 AND c.id = $2`;

/** Fingerprint of everything an archive says about a conversation: equal means nothing to do. */
function fingerprint(conversation: IncomingConversation): Buffer {
  const hash = createHash('sha256').update(JSON.stringify([conversation.title, conversation.url, conversation.raw]));
  for (const message of conversation.messages) {
    hash.update(
      JSON.stringify([message.externalId, message.parentExternalId, message.sequence, message.text, message.hidden]),
    );
  }
  return hash.digest();
}

function timeSpan(conversation: IncomingConversation): { start: Date | null; end: Date | null } {
  const spoken = conversation.messages.flatMap(({ createdAt }) => (createdAt ? [createdAt.getTime()] : []));
  const times =
    spoken.length > 0
      ? spoken
      : [conversation.createdAt, conversation.updatedAt].flatMap((time) => (time ? [time.getTime()] : []));
  if (times.length === 0) return { start: null, end: null };
  const start = times.reduce((a, b) => Math.min(a, b));
  const end = times.reduce((a, b) => Math.max(a, b));
  return { start: new Date(start), end: new Date(end) };
}

function participants(messages: readonly IncomingMessage[]): number {
  return new Set(
    messages
      .filter(({ role }) => role === 'USER' || role === 'ASSISTANT')
      .map(({ role, author }) => `${role}:${author ?? ''}`),
  ).size;
}

/**
 * What the active path is after a merge: that of the export, always when nothing is stored; the stored one, when the export holds less than what is
 * stored, so that an older one does not turn it back; or all messages by time, in chats of several people, whose exports
 * are often of a range of dates.
 */
function pathOf({ metadata, messages }: IncomingConversation, stored: number): 'incoming' | 'stored' | 'time' {
  if (stored > 0 && metadata.arrangedBy === ARRANGED_BY_TIME) return 'time';
  return messages.length >= stored ? 'incoming' : 'stored';
}

function offPath(rows: readonly MessageRow[]): MessageRow[] {
  return rows.map((row) => ({ ...row, message: { ...row.message, sequence: null } }));
}

/** Stores a conversation or joins it to the one that is stored: new messages are added, nothing doubles, nothing is lost. */
export async function mergeConversation(client: TenantClient, incoming: IncomingConversation): Promise<MergeResult> {
  const { tenantId } = client;
  const mark = fingerprint(incoming);
  const inserted = await client.query(INSERT, [tenantId, mintUuid(), incoming.platformId, incoming.externalId, mark]);
  const isNew = inserted.rowCount === 1;
  const { rows } = await client.query<{ id: string; contentHash: Buffer; visits: number }>(LOCK, [
    tenantId,
    incoming.platformId,
    incoming.externalId,
  ]);
  const [conversation] = rows;
  if (!conversation) throw new Error(`Conversation ${incoming.externalId} was neither inserted nor found.`);
  const conversationId = conversation.id;
  if (!isNew && conversation.contentHash.equals(mark))
    return { conversationId, isNew, visit: conversation.visits, newMessages: 0, changedTexts: [] };

  const known = isNew
    ? []
    : (await client.query<{ id: string; externalId: string; contentHash: Buffer }>(STORED, [tenantId, conversationId]))
        .rows;
  const storedByExternalId = new Map(known.map((message) => [message.externalId, message]));
  const idOf = new Map(known.map((message) => [message.externalId, message.id]));
  const rowsToAdd: MessageRow[] = [];
  const changedTexts: string[] = [];
  for (const [ordinal, message] of incoming.messages.entries()) {
    const contentHash = hashText(message.text);
    const stored = storedByExternalId.get(message.externalId);
    if (stored) {
      if (!stored.contentHash.equals(contentHash)) changedTexts.push(message.externalId);
      continue;
    }
    const id = mintUuid();
    idOf.set(message.externalId, id);
    rowsToAdd.push({ id, ordinal, contentHash, message });
  }
  const path = pathOf(incoming, isNew ? 0 : known.length);
  if (path === 'incoming' && !isNew) await movePath(client, conversationId, incoming.messages, idOf);
  await insertMessages(client, conversationId, path === 'incoming' ? rowsToAdd : offPath(rowsToAdd), idOf);
  if (path === 'time') await orderByTime(client, conversationId);
  const { start, end } = timeSpan(incoming);
  await client.query(DESCRIBE, [
    tenantId,
    conversationId,
    incoming.title,
    incoming.url,
    JSON.stringify(incoming.metadata),
    incoming.raw,
    mark,
    start,
    end,
    participants(incoming.messages),
    isNew ? 0 : 1,
  ]);
  return { conversationId, isNew, visit: conversation.visits, newMessages: rowsToAdd.length, changedTexts };
}
