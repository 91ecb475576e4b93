import { createHash } from 'node:crypto';
import { isUuid } from '../../conversation/identity.ts';
import { pick, storableTextOrNull } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import { asObject, asString, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { ParsedConversation } from '../../model.ts';
import { finishConversation } from '../conversation.ts';
import { type ConversationRecord, openRecord, RecordRejected } from '../conversation-record.ts';
import { readNodes } from './nodes.ts';

const METADATA = ['id', 'custom_id', 'conversation_id', 'metadata', 'tags', 'source', 'user', 'parallel_tool_calls'];
const PLATFORM = 'openai-messages';

/** An object around a list of messages. Throws RecordRejected when it has none. */
export function parseConversation(record: ConversationRecord): ParsedConversation {
  const { shell, location, log } = record;
  if (record.container !== 'array') throw new RecordRejected('MISSING_MESSAGES', 'The record has no array "messages".');
  const model = storableTextOrNull(asText(shell.model), `${location}.model`, log);
  const { nodes, values } = readNodes(record, model);
  const own = asText(shell.conversation_id) ?? asText(shell.id);
  return finishConversation(record, {
    platform: PLATFORM,
    id: own !== null && isUuid(own) ? own : contentId(values),
    title: asString(shell.title),
    url: null,
    createdAt: parseTime(shell.created_at ?? shell.created ?? shell.timestamp, `${location}.created_at`, log),
    updatedAt: parseTime(shell.updated_at, `${location}.updated_at`, log),
    model,
    metadata: { ...pick(shell, METADATA), ...toolsOf(shell) },
    nodes,
    raw: record.shellText([]),
    activeId: nodes.at(-1)?.id ?? null,
  });
}

/** A list of messages without anything around it. Throws RecordRejected when it is no valid JSON. */
export function parseList(bytes: Buffer, location: string): ParsedConversation {
  const around = [Buffer.from('{"messages":'), bytes, Buffer.from('}')];
  const conversation = parseConversation(openRecord(Buffer.concat(around), ['messages'], location));
  const issues = conversation.issues.map((issue) => ({
    ...issue,
    location: issue.location.replace(`${location}.messages[`, `${location}[`),
  }));
  return { ...conversation, issues, raw: '[]' };
}

/** The same messages are the same conversation, however they are formatted and whatever stands around them. */
function contentId(values: readonly JsonObject[]): string {
  const hash = createHash('sha256').update(PLATFORM);
  for (const value of values) hash.update(JSON.stringify(value));
  return `content:${hash.digest('hex')}`;
}

/** Names of the tools that the model was offered; their descriptions stay in the raw JSON. */
function toolsOf(shell: JsonObject): Record<string, unknown> {
  const names = [...objectsIn(shell.tools), ...objectsIn(shell.functions)].map(
    (tool) => pick(asObject(tool.function) ?? tool, ['name']).name,
  );
  const known = names.filter((name) => name !== undefined);
  return known.length > 0 ? { tools: known } : {};
}
