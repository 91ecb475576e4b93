import { type JsonObject, objectsIn } from '../../json/values.ts';
import { jsonConversations } from '../json-conversations.ts';
import type { FormatReader, ReadContext } from '../reader.ts';
import { parseConversation } from './conversation.ts';

/** Replies below one another in a recursive export; each takes two levels of JSON, the message and its `children`. */
const MAX_REPLY_LEVELS = 10_000;

/** LibreChat's export of one conversation, its messages in a list or nested; see docs/formats/librechat.md. */
export const librechat = reader('librechat-json', 'LibreChat export (JSON or ZIP)', 'messages');

/** The nested export of LibreChat until spring 2024, which calls the list of first messages `messagesTree`. */
export const librechatTree = reader(
  'librechat-tree-json',
  'LibreChat export with messagesTree (JSON or ZIP)',
  'messagesTree',
);

function reader(name: string, label: string, container: 'messages' | 'messagesTree'): FormatReader {
  const format = jsonConversations({
    name,
    platform: 'librechat',
    label,
    parts: [container],
    isConversation: (value) => isConversation(value, container),
    parse: (record) => parseConversation(record, container),
  });
  return {
    ...format,
    read: (archive, recognition, context) => format.read(archive, recognition, nested(context)),
    survey: (archive, recognition, context) => format.survey(archive, recognition, nested(context)),
  };
}

/** The limit of depth is for one message, not for how many replies follow each other: those are unrolled in a loop. */
function nested(context: ReadContext): ReadContext {
  const { limits } = context;
  return { ...context, limits: { ...limits, maxDepth: limits.maxDepth + 2 * MAX_REPLY_LEVELS } };
}

/** The list of messages may be cut off behind its first bytes, so an empty one needs a second sign. */
function isConversation(value: JsonObject, container: string): boolean {
  if (typeof value.conversationId !== 'string' || !Array.isArray(value[container])) return false;
  const messages = objectsIn(value[container]);
  if (messages.length === 0) return 'endpoint' in value || 'exportAt' in value || 'options' in value;
  return messages.some((message) => 'messageId' in message || 'isCreatedByUser' in message || 'sender' in message);
}
