import type { IssueLog } from '../../conversation/issues.ts';
import { pick, storableJson } from '../../conversation/storable.ts';
import { asArray, asObject, asString, asText, type JsonObject } from '../../json/values.ts';

/** What the blocks of a message amount to. */
export interface Blocks {
  /** The text blocks, joined by an empty line. */
  text: string;
  /** `text` when there is text, else the type of the first block, else `empty`. */
  contentType: string;
  /** `blocks` counts them by type; `thinking`, `tool_uses` and `tool_results` keep apart what is no text. */
  metadata: Record<string, unknown>;
}

/** Types of blocks that carry no words of their own; their JSON is in the message's raw JSON. */
const WORDLESS = new Set(['thinking', 'redacted_thinking', 'tool_use', 'tool_result', 'token_budget', 'flag', 'image']);
const SPOKEN = new Set(['text', 'voice_note']);

/** What an export writes into `text` in the place of blocks that it could not show there. */
const PLACEHOLDER = /(```\s*)?This block is not supported on your current device yet\.?(\s*```)?/g;

/** Reads the typed blocks of `content`; `text` counts only when there is no text block (older exports, empty content). */
export function readBlocks(message: JsonObject, location: string, log: IssueLog): Blocks {
  const blocks = blocksOf(message.content, location, log);
  const spoken = blocks.map((block) => wordsOf(block, location, log)).filter((words) => words.trim() !== '');
  const text = spoken.length > 0 ? spoken.join('\n\n') : fallbackText(message);
  return {
    text,
    contentType: text !== '' ? 'text' : (asText(blocks[0]?.type) ?? 'empty'),
    metadata: blocksMetadata(blocks),
  };
}

function blocksOf(content: unknown, location: string, log: IssueLog): JsonObject[] {
  if (content === undefined) return [];
  if (!Array.isArray(content)) {
    log.report(
      'INVALID_CONTENT',
      `${location}.content`,
      'Expected an array of blocks; the text of the message was taken instead.',
    );
    return [];
  }
  const blocks: JsonObject[] = [];
  for (const [index, element] of asArray(content).entries()) {
    const block = typeof element === 'string' ? { type: 'text', text: element } : asObject(element);
    if (block !== null) blocks.push(block);
    else
      log.report('INVALID_CONTENT', `${location}.content[${index}]`, 'Expected a block; it was left out of the text.');
  }
  return blocks;
}

function wordsOf(block: JsonObject, location: string, log: IssueLog): string {
  const type = asText(block.type) ?? '';
  if (WORDLESS.has(type)) return '';
  if (!SPOKEN.has(type)) {
    log.report(
      'UNKNOWN_CONTENT_TYPE',
      location,
      `The block type ${JSON.stringify(type)} is not known; its raw JSON is kept.`,
    );
  }
  return asString(block.text) ?? '';
}

function fallbackText(message: JsonObject): string {
  const text = asString(message.text) ?? '';
  return text.includes('not supported on your current device') ? text.replace(PLACEHOLDER, '').trim() : text;
}

function blocksMetadata(blocks: readonly JsonObject[]): Record<string, unknown> {
  if (blocks.every(({ type }) => type === 'text')) return {};
  const ofType = (wanted: string) => blocks.filter(({ type }) => type === wanted);
  const thinking = ofType('thinking').map((block) => storableJson(asString(block.thinking) ?? ''));
  const toolUses = ofType('tool_use').map((block) => pick(block, ['id', 'name']));
  const toolResults = ofType('tool_result').map((block) => pick(block, ['tool_use_id', 'name', 'is_error']));
  return {
    blocks: storableJson(countTypes(blocks)),
    ...(thinking.length > 0 ? { thinking } : {}),
    ...(toolUses.length > 0 ? { tool_uses: toolUses } : {}),
    ...(toolResults.length > 0 ? { tool_results: toolResults } : {}),
  };
}

function countTypes(blocks: readonly JsonObject[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { type } of blocks) {
    const name = asText(type) ?? 'unknown';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}
