import { normaliseForCues } from './normalise.ts';
import { proseBlocks } from './prose.ts';

/** One sentence of prose. `text.slice(start, end)` is trimmed; `norm` is its form for cues. */
export interface Sentence {
  start: number;
  end: number;
  raw: string;
  norm: string;
  /** Index of the prose block it stands in: sentences of one block are separated by white space alone. */
  block: number;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
const ENDS_IN_ABBREVIATION =
  /(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|resp|no|fig|mr|mrs|ms|dr|prof|st|inc|ltd|al|ca|incl|esp)\.|\b[A-Z]\.)\s*$/i;
const SOFT_WRAP = /([^\n.!?:;]{55,})\n(?=[ \t]*[a-z(])/g;

/** A hard-wrapped line goes on in the next one: its line break is no end of a sentence. The length is kept. */
function joinWrappedLines(block: string): string {
  return block.includes('\n') ? block.replace(SOFT_WRAP, '$1 ') : block;
}

function* segments(block: string): Generator<[start: number, end: number]> {
  let start = 0;
  let end = 0;
  for (const { segment, index } of segmenter.segment(joinWrappedLines(block))) {
    end = index + segment.length;
    const abbreviated = ENDS_IN_ABBREVIATION.test(segment) && !segment.endsWith('\n');
    if (abbreviated && end < block.length) continue;
    yield [start, end];
    start = end;
  }
  if (start < end) yield [start, end];
}

/** The sentences of a message's prose, in order. */
export function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  for (const [block, { start, end }] of proseBlocks(text).entries()) {
    const prose = text.slice(start, end);
    for (const [from, to] of segments(prose)) {
      const piece = prose.slice(from, to);
      const raw = piece.trim();
      if (raw === '') continue;
      const at = start + from + (piece.length - piece.trimStart().length);
      sentences.push({ start: at, end: at + raw.length, raw, norm: normaliseForCues(raw), block });
    }
  }
  return sentences;
}
