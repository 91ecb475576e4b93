import type { IssueLog } from '../../conversation/issues.ts';
import { asArray, asObject, asString, asText, type JsonObject } from '../../json/values.ts';
import { blocksMetadata } from './blocks-metadata.ts';

/** What the blocks of a message amount to. */
export interface Blocks {
  /** The text blocks, joined by an empty line. */
  text: string;
  /** `text` when there is text, else the type of the first block, else `empty`. */
  contentType: string;
  /** What the blocks hold beside their words. */
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
