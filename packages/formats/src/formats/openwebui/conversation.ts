import { createHash } from 'node:crypto';
import { pick, storableTextOrNull } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import type { TreeNode } from '../../conversation/tree-node.ts';
import { asArray, asObject, asString, asText, type JsonObject } from '../../json/values.ts';
import type { ParsedConversation } from '../../model.ts';
import { finishConversation } from '../conversation.ts';
import { type ConversationRecord, RecordRejected } from '../conversation-record.ts';
import { readNodes } from './nodes.ts';

const RECORD_FIELDS = ['archived', 'pinned', 'folder_id', 'share_id', 'meta'];
const CHAT_FIELDS = ['models', 'tags', 'params', 'system', 'originalChatId', 'branchPointMessageId'];

/** One chat; `chat` is the chat itself, the shell of the record or a member of it. Throws RecordRejected. */
export function parseConversation(record: ConversationRecord, chat: JsonObject | null): ParsedConversation {
  const { shell, location, log } = record;
  if (chat === null) throw new RecordRejected('NOT_A_CONVERSATION', 'The record has no object "chat".');
  if (record.container === null && !Array.isArray(chat.messages)) {
    throw new RecordRejected('MISSING_MESSAGES', 'The chat has neither "history.messages" nor "messages".');
  }
  const nodes = readNodes(record, chat);
  return finishConversation(record, {
    platform: 'openwebui',
    id: asText(shell.id) ?? derivedId(nodes, chat),
    title: asString(shell.title) ?? asString(chat.title),
    url: null,
    createdAt: parseTime(shell.created_at ?? chat.timestamp, `${location}.created_at`, log),
    updatedAt: parseTime(shell.updated_at, `${location}.updated_at`, log),
    model: storableTextOrNull(asText(asArray(chat.models)[0]), `${location}.models`, log),
    metadata: { ...pick(shell, RECORD_FIELDS), ...pick(chat, CHAT_FIELDS) },
    raw: record.shellText([]),
    nodes,
    activeId: asText(asObject(chat.history)?.currentId),
  });
}

/**
 * A chat without an id is known by when it began and by its first message, neither of which changes while it grows.
 * Null when there is no message to go by.
 */
function derivedId(nodes: readonly TreeNode[], chat: JsonObject): string | null {
  const first = nodes.find(({ parentId }) => parentId === null);
  if (!first) return null;
  const identity = JSON.stringify(['openwebui', chat.timestamp ?? null, first.id]);
  return `content:${createHash('sha256').update(identity).digest('hex')}`;
}
