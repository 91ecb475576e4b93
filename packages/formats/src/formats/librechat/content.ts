import type { IssueLog } from '../../conversation/issues.ts';
import { pick, storableJson } from '../../conversation/storable.ts';
import { asObject, asText, type JsonObject } from '../../json/values.ts';
import { contentParts } from '../content-parts/part-list.ts';

/** What the content of a message amounts to. */
export interface Content {
  /** The spoken parts, joined by an empty line. */
  text: string;
  /** `text` when there is text, `error` for a failed answer, else the type of the first part (`unknown`, `empty`). */
  contentType: string;
  /** `thinking` and `tool_calls` keep apart what is no speech. */
  metadata: Record<string, unknown>;
}

/** Types of parts that carry no words of their own; their JSON is in the message's raw JSON. */
const WORDLESS = new Set([
  'think',
  'tool_call',
  'image_file',
  'image_url',
  'video_url',
  'input_audio',
  'agent_update',
  'summary',
]);
const SPOKEN = new Set(['text', 'text_delta', 'error']);
/** Where reasoning stood before there were parts: at the beginning of the text. */
const THINKING_BLOCK = /^:::thinking\n([\s\S]*?)\n:::\s*/;

/** Reads the typed parts of `content`; `text` counts only when no part has words (older messages, messages of people). */
export function readContent(message: JsonObject, location: string, log: IssueLog): Content {
  const parts = contentParts(message.content, location, log, { mayHaveHoles: true });
  const spoken = parts.map((part) => wordsOf(part, location, log)).filter((words) => words.trim() !== '');
  const whole = spoken.length > 0 ? spoken.join('\n\n') : (asText(message.text) ?? '');
  const block = message.isCreatedByUser === true ? null : THINKING_BLOCK.exec(whole);
  const text = block === null ? whole : whole.slice(block[0].length);
  const thinking = [...(block?.[1] === undefined ? [] : [block[1]]), ...parts.map(thoughtOf)].filter((it) => it !== '');
  const calls = parts.map(callOf).filter((call) => call !== null);
  return {
    text,
    contentType: contentTypeOf(message, text, parts),
    metadata: {
      ...(thinking.length > 0 ? { thinking: storableJson(thinking) } : {}),
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
    },
  };
}

function contentTypeOf(message: JsonObject, text: string, parts: readonly JsonObject[]): string {
  if (message.error === true) return 'error';
  if (text !== '') return 'text';
  const [first] = parts;
  if (first === undefined) return 'empty';
  const type = asText(first.type) ?? '';
  return WORDLESS.has(type) || SPOKEN.has(type) ? type : 'unknown';
}

function wordsOf(part: JsonObject, location: string, log: IssueLog): string {
  const type = asText(part.type) ?? '';
  if (WORDLESS.has(type)) return '';
  if (!SPOKEN.has(type)) {
    const what = `The part type ${JSON.stringify(type.slice(0, 100))} is not known; its raw JSON is kept.`;
    log.report('UNKNOWN_CONTENT_TYPE', location, what);
  }
  return textOf(type === 'error' ? (part.error ?? part.text) : part.text);
}

function thoughtOf(part: JsonObject): string {
  return part.type === 'think' ? textOf(part.think) : '';
}

/** Assistants wrap the text of a part in an object. */
function textOf(value: unknown): string {
  return asText(value) ?? asText(asObject(value)?.value) ?? '';
}

function callOf(part: JsonObject): Record<string, unknown> | null {
  const call = part.type === 'tool_call' ? asObject(part.tool_call) : null;
  if (call === null) return null;
  return { ...pick(call, ['id', 'name', 'type']), ...pick(asObject(call.function), ['name']) };
}
