import type { IssueLog } from '../../conversation/issues.ts';
import { pick, storableJson } from '../../conversation/storable.ts';
import { asArray, asObject, asString, asText, type JsonObject, objectsIn } from '../../json/values.ts';

/** What the content of one line amounts to. */
export interface Content {
  text: string;
  /** `text` when something is said, else the type of the first block, else `empty`. */
  contentType: string;
  hasToolResult: boolean;
  /** Whether there are words for the other side, rather than reasoning, calls and results alone. */
  isSpoken: boolean;
  /** `blocks` counts them by type; `tool_uses`, `tool_results` and `thinking` keep apart what is no speech. */
  metadata: Record<string, unknown>;
}

const WORDLESS = new Set(['image', 'document', 'fallback', 'container_upload']);

/** Reads the `content` of a message: a string, or typed blocks. */
export function readContent(content: unknown, location: string, log: IssueLog): Content {
  const blocks = blocksOf(content, location, log);
  const types = blocks.map((block) => asText(block.type) ?? 'unknown');
  for (const type of new Set(types)) reportUnknown(type, location, log);
  const spoken = textsOf(blocks, isSpeech);
  const results = textsOf(blocks, isResult);
  const [first] = types;
  const isSpoken = spoken.length > 0;
  // A line that says nothing still shows what it is made of.
  const texts = [spoken, results, textsOf(blocks, isThinking), textsOf(blocks, isCall)].find(
    ({ length }) => length > 0,
  );
  return {
    text: (texts ?? []).join('\n\n'),
    contentType: isSpoken ? 'text' : (first ?? 'empty'),
    hasToolResult: types.some(isResult),
    isSpoken,
    metadata: types.every((type) => type === 'text') ? {} : metadataOf(blocks, isSpoken),
  };
}

const isThinking = (type: string) => type === 'thinking' || type === 'redacted_thinking';
const isCall = (type: string) => type.endsWith('tool_use');
const isResult = (type: string) => type.endsWith('tool_result');
const isSpeech = (type: string) => !isKnown(type) || type === 'text';
const isKnown = (type: string) =>
  type === 'text' || isThinking(type) || isCall(type) || isResult(type) || WORDLESS.has(type);

function blocksOf(content: unknown, location: string, log: IssueLog): JsonObject[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (!Array.isArray(content)) {
    log.report('INVALID_CONTENT', location, 'Expected the content to be a text or an array of blocks.');
    return [];
  }
  const blocks = content.map((block) => (typeof block === 'string' ? { type: 'text', text: block } : asObject(block)));
  const whole = blocks.filter((block) => block !== null);
  if (whole.length < blocks.length) log.report('INVALID_CONTENT', location, 'A block of the content is no object.');
  return whole;
}

function reportUnknown(type: string, location: string, log: IssueLog): void {
  if (isKnown(type)) return;
  const message = `The block type ${JSON.stringify(type.slice(0, 80))} is not known; its raw JSON is kept.`;
  log.report('UNKNOWN_CONTENT_TYPE', location, message);
}

function textsOf(blocks: readonly JsonObject[], isWanted: (type: string) => boolean): string[] {
  return blocks
    .filter(({ type }) => isWanted(asText(type) ?? 'unknown'))
    .map(textOf)
    .filter((text) => text.trim() !== '');
}

/** What a block of a message that says something adds to its text; empty when it adds nothing. */
export function spokenIn(block: unknown): string {
  const object = typeof block === 'string' ? { type: 'text', text: block } : asObject(block);
  if (object === null) return '';
  return textsOf([object], isSpeech)[0] ?? '';
}

function textOf(block: JsonObject): string {
  const type = asText(block.type) ?? 'unknown';
  if (isThinking(type)) return asString(block.thinking) ?? '';
  if (isCall(type)) return JSON.stringify(block.input ?? {});
  if (isResult(type)) return resultText(block.content);
  return asString(block.text) ?? '';
}

/** The words of a tool's result: a text, or blocks of which some are text. */
function resultText(content: unknown): string {
  if (typeof content === 'string') return content;
  return asArray(content)
    .map((part) => asText(part) ?? asText(asObject(part)?.text))
    .filter((text) => text !== null)
    .join('\n');
}

function metadataOf(blocks: readonly JsonObject[], isSpoken: boolean): Record<string, unknown> {
  const ofType = (isWanted: (type: string) => boolean) => blocks.filter(({ type }) => isWanted(asText(type) ?? ''));
  const calls = ofType(isCall).map((block) => pick(block, ['id', 'name']));
  const results = ofType(isResult).map((block) => pick(block, ['tool_use_id', 'is_error']));
  const thinking = ofType(isThinking).map((block) => storableJson(asString(block.thinking) ?? ''));
  const counts = Map.groupBy(blocks, ({ type }) => asText(type) ?? 'unknown');
  return {
    blocks: storableJson(Object.fromEntries([...counts].map(([type, { length }]) => [type, length]))),
    ...(calls.length > 0 ? { tool_uses: calls } : {}),
    ...(results.length > 0 ? { tool_results: results } : {}),
    // Reasoning that is the whole line is its text already.
    ...(isSpoken && thinking.length > 0 ? { thinking } : {}),
  };
}

/** Ids and names of the tools that a message calls. */
export function callsIn(content: unknown): [string, string][] {
  return objectsIn(content).flatMap((block) => {
    const [id, name] = [asText(block.id), asText(block.name)];
    return id !== null && name !== null && isCall(asText(block.type) ?? '') ? [[id, name] as [string, string]] : [];
  });
}

/** Ids of the calls whose results a message carries. */
export function answeredIn(content: unknown): string[] {
  return objectsIn(content)
    .map((block) => asText(block.tool_use_id))
    .filter((id) => id !== null);
}
