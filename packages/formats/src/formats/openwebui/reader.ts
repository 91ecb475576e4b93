import { asObject, type JsonObject } from '../../json/values.ts';
import { jsonConversations } from '../json-conversations.ts';
import { parseConversation } from './conversation.ts';

/** Open WebUI's export of all chats, or of one: a list of records around the chats; see docs/formats/openwebui.md. */
export const openwebui = jsonConversations({
  name: 'openwebui-json',
  platform: 'openwebui',
  label: 'Open WebUI export (JSON or ZIP)',
  parts: ['chat', 'history', 'messages'],
  isConversation: (value) => {
    const chat = asObject(value.chat);
    return chat !== null && (hasHistory(chat) || Array.isArray(chat.messages));
  },
  parse: (record) => parseConversation(record, asObject(record.shell.chat)),
});

/** A chat without the record around it, as Open WebUI keeps it in its database and other tools write it. */
export const openwebuiChat = jsonConversations({
  name: 'openwebui-chat-json',
  platform: 'openwebui',
  label: 'Open WebUI chat (JSON or ZIP)',
  parts: ['history', 'messages'],
  isConversation: hasHistory,
  parse: (record) => parseConversation(record, record.shell),
});

function hasHistory(chat: JsonObject): boolean {
  const messages = asObject(asObject(chat.history)?.messages);
  if (messages === null) return false;
  const values = Object.values(messages).map(asObject);
  return values.length === 0 || values.some((message) => message && ('role' in message || 'parentId' in message));
}
