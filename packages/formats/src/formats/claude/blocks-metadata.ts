import { pick, storableJson } from '../../conversation/storable.ts';
import { asObject, asString, asText, type JsonObject, objectsIn } from '../../json/values.ts';

const TOOL_USE = ['id', 'name', 'message', 'integration_name'];
/** What names a call; the texts and programs that it carries stay in the raw JSON. */
const TOOL_INPUT = ['id', 'title', 'type', 'command', 'language', 'version_uuid', 'query', 'path', 'description'];
const TOOL_RESULT = ['tool_use_id', 'name', 'is_error', 'message', 'integration_name'];
const SOURCE = ['title', 'url'];

/**
 * What the blocks of a message hold beside their words: `blocks` counts them by type (left out when all are text),
 * `thinking` and `summaries` are the reasoning and its summaries, `tool_uses` and `tool_results` name calls, their
 * arguments and the pages they found, `citations` the sources of the text (`block` is the place in `content` whose
 * text `start_index` and `end_index` count in).
 */
export function blocksMetadata(blocks: readonly JsonObject[]): Record<string, unknown> {
  const ofType = (wanted: string) => blocks.filter(({ type }) => type === wanted);
  const thoughts = ofType('thinking');
  const lists = {
    thinking: thoughts.map((block) => storableJson(asString(block.thinking) ?? '')),
    summaries: thoughts.flatMap(summariesOf),
    tool_uses: ofType('tool_use').map(toolUse),
    tool_results: ofType('tool_result').map(toolResult),
    citations: blocks.flatMap(citationsOf),
  };
  return {
    ...(blocks.every(({ type }) => type === 'text') ? {} : { blocks: storableJson(countTypes(blocks)) }),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
    ...(blocks.some(({ cut_off }) => cut_off === true) ? { cut_off: true } : {}),
    ...(blocks.some(({ truncated }) => truncated === true) ? { truncated: true } : {}),
  };
}

function summariesOf({ summaries }: JsonObject): unknown[] {
  return objectsIn(summaries)
    .map(({ summary }) => asText(summary))
    .filter((summary) => summary !== null)
    .map(storableJson);
}

function toolUse(block: JsonObject): Record<string, unknown> {
  const input = pick(asObject(block.input), TOOL_INPUT);
  return { ...pick(block, TOOL_USE), ...(Object.keys(input).length > 0 ? { input } : {}) };
}

function toolResult(block: JsonObject): Record<string, unknown> {
  const sources = objectsIn(block.content)
    .map((found) => pick(found, SOURCE))
    .filter((source) => Object.keys(source).length > 0);
  return { ...pick(block, TOOL_RESULT), ...(sources.length > 0 ? { content: sources } : {}) };
}

function citationsOf({ citations }: JsonObject, block: number): Record<string, unknown>[] {
  return objectsIn(citations).map((citation) => ({ ...asObject(storableJson(citation)), block }));
}

function countTypes(blocks: readonly JsonObject[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { type } of blocks) {
    const name = asText(type) ?? 'unknown';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}
