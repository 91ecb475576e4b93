import type { SourceMessage } from '../model.ts';
import type { Sentence } from '../text/sentences.ts';

const ORDINALS: ReadonlyMap<string, number> = new Map([
  ['first', 0],
  ['second', 1],
  ['third', 2],
  ['fourth', 3],
  ['one', 0],
  ['two', 1],
  ['three', 2],
  ['four', 3],
  ['1', 0],
  ['2', 1],
  ['3', 2],
  ['4', 3],
  ['a', 0],
  ['b', 1],
  ['c', 2],
  ['d', 3],
  ['1st', 0],
  ['2nd', 1],
  ['3rd', 2],
  ['last', -1],
  ['former', 0],
  ['latter', -1],
]);
const NAMED =
  /\b(?:option|number|variant|version|choice|approach|plan|idea|no\.?|#) ?([a-d]|[1-4]|one|two|three|four)\b|\bthe (first|second|third|fourth|last|former|latter|1st|2nd|3rd)(?: (?:one|option|idea|approach|suggestion|variant|solution|way|proposal|plan))?(?= (?:sounds|is|looks|seems|makes|then|it is|please|works|would|for|one)\b|[,.!]|$| (?:one|option|idea|approach|suggestion|variant|solution|way|proposal|plan)\b)|\b(?:go(?:ing)? (?:with|for)|take|pick|choose|do|try) ([a-d]|[1-4])(?=[),.!]|$| (?:then|because|since|it|please)\b)|^([a-d]|[1-4])(?:[,.!]| it is| please|$)/;
const ENTRY = /^(?:\s*(?:[-*+•]|\d{1,2}[.)])\s+)?(?:\*\*)?(?:(?:option|variant|plan|approach) )?(?:[a-e\d][).:]\s)?/i;
const IS_ENTRY =
  /^\s*(?:(?:[-*+•]|\d{1,2}[.)]|\*{0,2}[a-eA-E][).:])\s|\*{0,2}(?:option|variant|plan|approach) [a-e\d]\b)/i;

/** The first sentence of each entry of the last list in a message. */
function entriesOf({ text }: SourceMessage, sentences: readonly Sentence[]): Sentence[] {
  return sentences.filter(({ start }) => {
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const line = text.slice(lineStart, start + 40);
    const marker = ENTRY.exec(line)?.[0].length ?? 0;
    return IS_ENTRY.test(line) && start - lineStart <= marker;
  });
}

/** The entry of an enumeration that a reply picks by its number, letter or place; null when it picks none. */
export function pickedOption(
  turn: SourceMessage,
  sentences: readonly Sentence[],
  reply: readonly Sentence[],
): Sentence | null {
  for (const { norm } of reply) {
    const named = NAMED.exec(norm)
      ?.slice(1)
      .find((name) => name !== undefined);
    const place = named === undefined ? undefined : ORDINALS.get(named);
    if (place === undefined) continue;
    return entriesOf(turn, sentences).at(place) ?? null;
  }
  return null;
}
