import { pick } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import { asArray, asObject, asText, type JsonObject } from '../../json/values.ts';
import type { ParsedConversation } from '../../model.ts';
import { finishConversation } from '../conversation.ts';
import type { ConversationRecord } from '../conversation-record.ts';
import { documentChain, type ExportedDocument } from '../document-chain.ts';
import { jsonConversations } from '../json-conversations.ts';

/** `memories.json`, or a file for each account in `memories/`. */
export const MEMORY_DOCUMENTS = /(^|\/)memories(-\d+)?(\.json|\/[^/]+\.json)$/i;

/** What Claude remembers of an account: one conversation, a message for each memory. */
export const memories = jsonConversations({
  name: 'claude-memories',
  platform: 'claude',
  label: 'Claude memories',
  mainDocument: MEMORY_DOCUMENTS,
  parts: ['project_memories'],
  isConversation: (value: JsonObject) =>
    'conversations_memory' in value ||
    ('account_uuid' in value && ('project_memories' in value || 'memory_files' in value)),
  parse,
});

function parse(record: ConversationRecord): ParsedConversation {
  const { shell, log } = record;
  const account = asText(shell.account_uuid);
  return finishConversation(record, {
    platform: 'claude',
    id: account === null ? 'memories' : `memories:${account}`,
    title: 'Memories',
    url: null,
    createdAt: null,
    updatedAt: null,
    model: null,
    metadata: { kind: 'memories', ...pick(shell, ['account_uuid']) },
    nodes: documentChain([...ofConversations(record), ...ofProjects(record), ...files(record)], log),
    raw: record.shellText([]),
    activeId: null,
  });
}

function memory(id: string, text: string, raw: string, location: string): ExportedDocument {
  return { id, role: 'SYSTEM', contentType: 'memory', text, createdAt: null, raw, metadata: {}, location };
}

function ofConversations({ shell, location }: ConversationRecord): ExportedDocument[] {
  const text = asText(shell.conversations_memory);
  if (text === null) return [];
  return [memory('conversations_memory', text, JSON.stringify(text), `${location}.conversations_memory`)];
}

function ofProjects(record: ConversationRecord): ExportedDocument[] {
  const found: ExportedDocument[] = [];
  for (const { key, value, raw, location } of record.parts()) {
    const text = asText(value);
    if (text === null) record.log.report('INVALID_MESSAGE', location, 'Expected a text.');
    else found.push({ ...memory(`project_memories:${key}`, text, raw, location), metadata: { project: `${key}` } });
  }
  return found;
}

/** Newer exports have memories as files in folders. */
function files({ shell, location, log }: ConversationRecord): ExportedDocument[] {
  const found: ExportedDocument[] = [];
  for (const [index, value] of asArray(shell.memory_files).entries()) {
    const file = asObject(value);
    const at = `${location}.memory_files[${index}]`;
    const text = asText(file?.content);
    if (file === null || text === null) {
      log.report('INVALID_MESSAGE', at, 'Expected an object with a text.');
      continue;
    }
    const document = memory(`memory_files:${asText(file.path) ?? index}`, text, JSON.stringify(value), at);
    const metadata = pick(file, ['path', 'created_at', 'updated_at']);
    found.push({ ...document, metadata, createdAt: parseTime(file.created_at, `${at}.created_at`, log) });
  }
  return found;
}
