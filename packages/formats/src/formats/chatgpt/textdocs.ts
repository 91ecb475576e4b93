import { pick } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import { asString, asText, type JsonObject } from '../../json/values.ts';
import type { ParsedConversation } from '../../model.ts';
import { finishConversation } from '../conversation.ts';
import type { ConversationRecord } from '../conversation-record.ts';
import { documentChain } from '../document-chain.ts';
import { jsonConversations } from '../json-conversations.ts';

/** A file for each document of the canvas. */
export const TEXTDOCS = /(^|\/)textdocs\/[^/]+\.json$/i;

/** Documents of the canvas as some exports have them beside the conversations: one conversation of one message each. */
export const textdocs = jsonConversations({
  name: 'chatgpt-textdocs',
  platform: 'chatgpt',
  label: 'ChatGPT canvas documents',
  mainDocument: TEXTDOCS,
  // A document has no messages to cut out.
  parts: ['messages'],
  isConversation: (value: JsonObject) => asText(value.id) !== null && typeof value.content === 'string',
  parse,
});

function parse(record: ConversationRecord): ParsedConversation {
  const { shell, location, log } = record;
  const id = asText(shell.id);
  const raw = record.shellText([]);
  const createdAt = parseTime(shell.created_at, `${location}.created_at`, log);
  const text = asText(shell.content) ?? '';
  const document = {
    id: 'content',
    role: 'ASSISTANT' as const,
    contentType: 'canvas_document',
    text,
    createdAt,
    raw,
    metadata: pick(shell, ['type']),
    location,
  };
  return finishConversation(record, {
    platform: 'chatgpt',
    id: id === null ? null : `textdoc:${id}`,
    title: asString(shell.title),
    url: null,
    createdAt,
    updatedAt: parseTime(shell.updated_at, `${location}.updated_at`, log),
    model: null,
    metadata: { kind: 'canvas_document', ...pick(shell, ['type']) },
    nodes: documentChain([document], log),
    raw,
    activeId: null,
  });
}
