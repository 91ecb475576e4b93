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
/** A line of at least this length, without an end of sentence in its last part, may be a hard-wrapped one. */
const WRAPPED_FROM = 55;
const ENDS_SENTENCE = /[.!?:;]/;
const GOES_ON = /^[ \t]*[a-z(]/;
/** Nobody writes such a sentence: it is pasted data, and is not looked into. */
const LONGEST = 2000;

/** A full stop inside what Unicode takes for one sentence, because the next word is in lower case: people chat so. */
const INFORMAL_BREAK = /(?<=[\p{L}\p{N})"'%*`][.!?]|[.…]{2,}|[!?]{2,}) +(?=[\p{Ll}`])/gu;
/** Shorter beginnings ("hm.", "e.g.", "approx.") do not stand on their own. */
const MIN_INFORMAL_WORDS = 3;

/** Offsets at which a segment falls into sentences that begin in lower case; its start first. */
function informalStarts(segment: string): number[] {
  const starts = [0];
  for (const { index, 0: gap } of segment.matchAll(INFORMAL_BREAK)) {
    const before = segment.slice(starts.at(-1), index);
    if (ENDS_IN_ABBREVIATION.test(before) || before.trim().split(/\s+/).length < MIN_INFORMAL_WORDS) continue;
    starts.push(index + gap.length);
  }
  return starts;
}

/** Without one of these there is nothing to split: most short entries. */
const HAS_BREAK = /[.!?…\n\r\u0085\u2028\u2029\u3002\uFF01\uFF1F]/;

/** A hard-wrapped line goes on in the next one: its line break is no end of a sentence. The length is kept. */
function joinWrappedLines(block: string): string {
  if (!block.includes('\n')) return block;
  const lines = block.split('\n');
  let joined = lines[0] ?? '';
  for (let at = 1; at < lines.length; at += 1) {
    const before = lines[at - 1] ?? '';
    const line = lines[at] ?? '';
    const wrapped =
      before.length >= WRAPPED_FROM &&
      !ENDS_SENTENCE.test(before.slice(-WRAPPED_FROM)) &&
      GOES_ON.test(line.slice(0, 80));
    joined += (wrapped ? ' ' : '\n') + line;
  }
  return joined;
}

function* informalSegments(block: string, start: number, end: number): Generator<[start: number, end: number]> {
  if (end - start > LONGEST) {
    yield [start, end];
    return;
  }
  const starts = informalStarts(block.slice(start, end));
  for (const [at, from] of starts.entries()) yield [start + from, start + (starts[at + 1] ?? end - start)];
}

function* segments(block: string): Generator<[start: number, end: number]> {
  if (!HAS_BREAK.test(block)) {
    yield [0, block.length];
    return;
  }
  let start = 0;
  let end = 0;
  for (const { segment, index } of segmenter.segment(joinWrappedLines(block))) {
    end = index + segment.length;
    const abbreviated = ENDS_IN_ABBREVIATION.test(segment) && !segment.endsWith('\n');
    if (abbreviated && end < block.length) continue;
    yield* informalSegments(block, start, end);
    start = end;
  }
  if (start < end) yield* informalSegments(block, start, end);
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
      sentences.push({
        start: at,
        end: at + raw.length,
        raw,
        norm: raw.length > LONGEST ? '' : normaliseForCues(raw),
        block,
      });
    }
  }
  return sentences;
}
