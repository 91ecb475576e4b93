import type { MessageRole } from '@colloquy/domain';
import type { IssueLog } from '../../conversation/issues.ts';
import { pick, storableJson, storableText, storableTextOrNull } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import type { MessageDraft } from '../../conversation/tree-node.ts';
import { asText, type JsonObject } from '../../json/values.ts';
import type { RecordPart } from '../conversation-record.ts';
import { attachmentsOf } from './attachments.ts';
import { readContent } from './content.ts';
import { callsOf, type ToolCall } from './tool-calls.ts';

/** What a message has to know about the conversation around it. */
export interface Surroundings {
  /** The model named for the whole conversation. */
  model: string | null;
  /** Names of the tools called so far, by the id of the call. */
  tools: ReadonlyMap<string, string>;
}

const ROLES: ReadonlyMap<unknown, MessageRole> = new Map([
  ['user', 'USER'],
  ['assistant', 'ASSISTANT'],
  ['system', 'SYSTEM'],
  ['developer', 'SYSTEM'],
  ['tool', 'TOOL'],
  ['function', 'TOOL'],
]);
const SPEECH = new Set<MessageRole>(['USER', 'ASSISTANT']);
const MESSAGE_FIELDS = ['name', 'tool_call_id', 'weight', 'finish_reason', 'stop_reason', 'usage'];

/** A message; its place in the chain is not known yet. */
export function draftMessage(message: JsonObject, part: RecordPart, around: Surroundings, log: IssueLog): MessageDraft {
  const { location } = part;
  const content = readContent(message, location, log);
  const calls = callsOf(message);
  const attachments = attachmentsOf(message, content.text, { raw: part.raw, location, log });
  const role = content.isToolResult ? 'TOOL' : ROLES.get(message.role);
  if (!role) {
    const named = JSON.stringify(message.role ?? null).slice(0, 100);
    log.report('UNKNOWN_ROLE', location, `The role ${named} is not known.`);
  }
  const isCall = content.text === '' && calls.length > 0;
  const author = asText(message.name) ?? around.tools.get(content.callId ?? '') ?? null;
  const model = storableTextOrNull(asText(message.model), `${location}.model`, log) ?? around.model;
  return {
    role: role ?? 'SYSTEM',
    author: storableTextOrNull(author === '' ? null : author, `${location}.name`, log),
    text: storableText(isCall ? calls.map(shown).join('\n') : content.text, location, log),
    hidden: isCall || content.contentType === 'thinking' || role === undefined || !SPEECH.has(role),
    createdAt: parseTime(message.created_at ?? message.create_time ?? message.timestamp, `${location}.created_at`, log),
    model: role === 'ASSISTANT' ? model : null,
    contentType: isCall ? 'tool_calls' : content.contentType,
    raw: part.raw,
    metadata: {
      ...pick(message, MESSAGE_FIELDS),
      ...(content.thinking.length > 0 ? { thinking: storableJson(content.thinking) } : {}),
      ...(calls.length > 0 ? { tool_calls: storableJson(calls.map(({ id, name }) => ({ id, name }))) } : {}),
    },
    ...(attachments.length > 0 && { attachments }),
  };
}

function shown({ name, arguments: input }: ToolCall): string {
  return `${name}(${input})`;
}
