import type { IssueLog } from '../../conversation/issues.ts';
import { asText } from '../../json/values.ts';

/** As deep as records of other formats may be. */
const MAX_DEPTH = 64;

/**
 * The vendor's JSON that a line carries as text. The line's own JSON stands in where it has none, or where what it has
 * is no JSON and could not be stored.
 */
export function readRaw(value: unknown, line: string, location: string, log: IssueLog): string {
  const text = asText(value);
  if (text === null) return line;
  if (isJson(text)) return text;
  log.report(
    'INVALID_CONTENT',
    `${location}.raw`,
    `Expected JSON of at most ${MAX_DEPTH} levels; the line was kept instead.`,
  );
  return line;
}

function isJson(text: string): boolean {
  if (depthOf(text) > MAX_DEPTH) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    // The caller says so.
    return false;
  }
}

/** Levels of nesting of a JSON text. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, ++depth);
    else if (token === ']' || token === '}') depth--;
  }
  return deepest;
}
