import { parseTime } from '../../conversation/time.ts';
import { asObject, asString, asText, type JsonObject } from '../../json/values.ts';
import type { ParsedConversation } from '../../model.ts';
import { finishConversation } from '../conversation.ts';
import { type ConversationRecord, RecordRejected } from '../conversation-record.ts';
import { jsonConversations } from '../json-conversations.ts';
import { promptMetadata } from './metadata.ts';
import { readNodes } from './nodes.ts';

/** Prompts of Google AI Studio, one JSON file each, as Google Drive keeps them; see docs/formats/aistudio.md. */
export const aistudio = jsonConversations({
  name: 'aistudio-json',
  platform: 'gemini',
  label: 'Google AI Studio prompt (JSON or ZIP)',
  parts: ['chunkedPrompt', 'chunks'],
  isConversation: (value: JsonObject) => Array.isArray(asObject(value.chunkedPrompt)?.chunks),
  parse,
});

function parse(record: ConversationRecord): ParsedConversation {
  const { shell, location, log } = record;
  if (record.container !== 'array') {
    throw new RecordRejected('MISSING_MESSAGES', 'The prompt has no array "chunkedPrompt.chunks".');
  }
  const model = asText(asObject(shell.runSettings)?.model);
  const nodes = readNodes(record, model);
  return finishConversation(record, {
    platform: 'gemini',
    id: asText(shell.id),
    title: asString(shell.displayName) ?? asString(shell.title) ?? nameOfFile(location),
    url: null,
    createdAt: parseTime(shell.createTime, `${location}.createTime`, log),
    updatedAt: parseTime(shell.updateTime, `${location}.updateTime`, log),
    model,
    metadata: promptMetadata(shell),
    raw: record.shellText([]),
    nodes,
    // AI Studio shows the chunks from first to last: the last one is where the conversation stands.
    activeId: nodes.at(-1)?.id ?? null,
  });
}

/** Drive keeps a prompt's title as the name of its file: known where that lies in a ZIP and holds nothing else. */
function nameOfFile(location: string): string | null {
  if (location.startsWith('$') || location.endsWith(']')) return null;
  return asText(location.slice(location.lastIndexOf('/') + 1).replace(/\.json$/i, ''));
}
