import type { IssueLog } from '../../conversation/issues.ts';
import { asArray, asObject, asText, type JsonObject } from '../../json/values.ts';
import { contentParts } from '../content-parts/part-list.ts';

/** What the content of a message amounts to. */
export interface Content {
  /** The parts with words, one per line; a refusal when there are none. */
  text: string;
  /** `text` when there is text, else the kind of the first part, `unknown`, `refusal` or `empty`. */
  contentType: string;
  thinking: string[];
  /** Whether the message is nothing but results of tools, in whoever's name it was sent. */
  isToolResult: boolean;
  /** The call that the message answers. */
  callId: string | null;
}

/** What stands between the words of two parts. */
export const SEPARATOR = '\n';

const SPOKEN = new Set(['text', 'input_text', 'output_text', 'refusal', 'tool_result']);
/** Kinds of parts that carry no words of their own; their JSON is in the message's raw JSON. */
const WORDLESS = new Set([
  'image_url',
  'input_image',
  'image',
  'input_audio',
  'audio',
  'video_url',
  'file',
  'input_file',
  'document',
  'tool_use',
  'thinking',
  'redacted_thinking',
]);

/** Reads `content`, a text or a list of parts (of OpenAI or Anthropic), with `refusal` and `reasoning_content` beside it. */
export function readContent(message: JsonObject, location: string, log: IssueLog): Content {
  const parts = contentParts(message.content, location, log, { mayHaveHoles: false });
  const words = parts.map((part) => wordsOf(part, location, log)).filter((text) => text !== '');
  const results = parts.filter(({ type }) => type === 'tool_result');
  const refusal = asText(message.refusal);
  const text = words.length > 0 ? words.join(SEPARATOR) : (refusal ?? '');
  return {
    text,
    contentType: words.length === 0 && refusal !== null ? 'refusal' : contentTypeOf(text, parts),
    thinking: [message.reasoning_content, message.reasoning, ...parts.map(thoughtOf)]
      .map(asText)
      .filter((thought) => thought !== null),
    isToolResult: results.length > 0 && results.length === parts.length,
    callId: asText(message.tool_call_id) ?? asText(results[0]?.tool_use_id),
  };
}

function wordsOf(part: JsonObject, location: string, log: IssueLog): string {
  const type = asText(part.type) ?? '';
  if (WORDLESS.has(type)) return '';
  if (!SPOKEN.has(type)) {
    const named = JSON.stringify(type.slice(0, 100));
    log.report('UNKNOWN_CONTENT_TYPE', location, `The part type ${named} is not known; its raw JSON is kept.`);
  }
  return spokenIn(part);
}

/** What a part adds to the text of its message; empty when it adds nothing. */
export function spokenIn(element: unknown): string {
  if (typeof element === 'string') return element;
  const part = asObject(element);
  if (part === null || WORDLESS.has(asText(part.type) ?? '')) return '';
  if (part.type === 'tool_result') return resultText(part.content);
  return asText(part.text) ?? asText(part.refusal) ?? '';
}

function resultText(content: unknown): string {
  if (typeof content === 'string') return content;
  const texts = asArray(content).map((element) => asText(element) ?? asText(asObject(element)?.text) ?? '');
  return texts.filter((text) => text !== '').join('\n');
}

function thoughtOf(part: JsonObject): unknown {
  return part.type === 'thinking' ? part.thinking : null;
}

function contentTypeOf(text: string, parts: readonly JsonObject[]): string {
  const [first] = parts;
  if (first?.type === 'tool_result') return 'tool_result';
  if (text !== '') return 'text';
  if (first === undefined) return 'empty';
  const type = asText(first.type) ?? '';
  return WORDLESS.has(type) || SPOKEN.has(type) ? type : 'unknown';
}
