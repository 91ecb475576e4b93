import type { IssueLog } from '../../conversation/issues.ts';
import { pick, storableJson } from '../../conversation/storable.ts';
import { asArray, asObject, asString, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import { cutDetails } from './details.ts';

/** What the content of a message amounts to. */
export interface Content {
  /** The words, without the blocks in which reasoning and calls of tools are written among them. */
  text: string;
  /** `text` when there is text, `error` for a failed answer, else the kind of the first block, else `empty`. */
  contentType: string;
  /** `thinking` and `tool_calls` keep apart what is no speech. */
  metadata: Record<string, unknown>;
}

/** What stands between the words of two parts. */
export const SEPARATOR = '\n';

/** Kinds of parts that carry no words of their own. */
const WORDLESS = new Set(['image_url', 'file', 'input_audio']);
const SPOKEN = new Set(['text', 'output_text', 'input_text']);

/** Reads `content`, and `output` (the answer item by item, in newer versions) when `content` has no words. */
export function readContent(message: JsonObject, location: string, log: IssueLog): Content {
  const content = contentText(message.content, location, log);
  // What a person wrote is theirs, whatever it looks like.
  const { text: written, blocks } = message.role === 'user' ? { text: content, blocks: [] } : cutDetails(content);
  const output = objectsIn(message.output);
  const spoken = written !== '' ? written : outputText(output);
  const text = spoken !== '' ? spoken : errorText(message.error);
  const reasoning = blocks.filter(({ kind }) => kind === 'reasoning').map(({ text: thought }) => thought);
  const thinking = reasoning.length > 0 ? reasoning : ofType(output, 'reasoning').map(itemText);
  const calls = blocks.filter(({ kind }) => kind === 'tool_calls').map(({ attributes }) => attributes);
  const called = calls.length > 0 ? calls : ofType(output, 'function_call').map((item) => pick(item, ['id', 'name']));
  return {
    text,
    contentType: contentTypeOf(message, spoken, blocks[0]?.kind ?? null),
    metadata: {
      ...(thinking.length > 0 ? { thinking: storableJson(thinking) } : {}),
      ...(called.length > 0 ? { tool_calls: storableJson(called) } : {}),
    },
  };
}

function contentTypeOf(message: JsonObject, spoken: string, block: string | null): string {
  if (spoken !== '') return 'text';
  if (message.error) return 'error';
  return block ?? 'empty';
}

function contentText(content: unknown, location: string, log: IssueLog): string {
  if (typeof content === 'string') return content;
  if (content === null || content === undefined) return '';
  if (!Array.isArray(content)) {
    log.report('INVALID_CONTENT', `${location}.content`, 'Expected a text or a list of parts.');
    return '';
  }
  const words = asArray(content).map((element) => partText(element, location, log));
  return words.filter((text) => text !== '').join(SEPARATOR);
}

function partText(element: unknown, location: string, log: IssueLog): string {
  const part = typeof element === 'string' ? { type: 'text', text: element } : asObject(element);
  if (part === null) {
    log.report('INVALID_CONTENT', `${location}.content`, 'Expected a part; it was left out of the text.');
    return '';
  }
  const type = asText(part.type) ?? '';
  if (!SPOKEN.has(type) && !WORDLESS.has(type)) {
    const named = JSON.stringify(type.slice(0, 100));
    log.report('UNKNOWN_CONTENT_TYPE', location, `The part type ${named} is not known; its raw JSON is kept.`);
  }
  return spokenIn(part);
}

/** What a part adds to the text of its message; empty when it adds nothing. */
export function spokenIn(element: unknown): string {
  return asString(element) ?? asString(asObject(element)?.text) ?? '';
}

function ofType(output: readonly JsonObject[], type: string): JsonObject[] {
  return output.filter((item) => item.type === type);
}

function outputText(output: readonly JsonObject[]): string {
  return ofType(output, 'message')
    .map(itemText)
    .filter((text) => text !== '')
    .join('\n\n');
}

function itemText(item: JsonObject): string {
  const parts = objectsIn(item.content).map(({ text }) => asText(text) ?? '');
  return parts.filter((text) => text !== '').join('\n');
}

/** Open WebUI shows the reason of a failure in the place of the answer. */
function errorText(error: unknown): string {
  return asText(error) ?? asText(asObject(error)?.content) ?? asText(asObject(error)?.message) ?? '';
}
