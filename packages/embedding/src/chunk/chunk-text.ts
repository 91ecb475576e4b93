import type { TextChunk } from '../embedder.ts';
import { type ChunkLimits, type Word, wordsOf } from './words.ts';

/** A chunk may end early, at a better border, once it has this share of its tokens. */
const ENOUGH = 0.5;
/** Share of the tokens that a chunk repeats from the end of the one before. */
const OVERLAP = 0.12;

/**
 * Divides a text into windows that fit the model: cut after a paragraph or a sentence where one ends in the last
 * part of the window, else after a word, else (a word longer than a window) between two characters.
 * Neighbours overlap by a few words, so that a phrase on a border is whole in one of them.
 */
export function chunkText(text: string, limits: ChunkLimits): TextChunk[] {
  const whole = trimmed(text);
  if (!whole) return [];
  if (fits(text, whole.start, whole.end, limits)) return [chunkOf(text, 0, whole.start, whole.end)];

  const words = wordsOf(text, limits);
  const chunks: TextChunk[] = [];
  let first = 0;
  while (first < words.length) {
    const last = shrinkToFit(text, words, first, endOfWindow(words, first, limits), limits);
    chunks.push(chunkOf(text, chunks.length, wordAt(words, first).start, wordAt(words, last).end));
    if (last === words.length - 1) break;
    first = startOfNext(words, first, last, limits);
  }
  return chunks;
}

/** Index of the word that the window beginning at `first` should end with. */
function endOfWindow(words: readonly Word[], first: number, limits: ChunkLimits): number {
  const start = wordAt(words, first).start;
  let tokens = 0;
  let last = first;
  let sentence = -1;
  let paragraph = -1;
  for (let index = first; index < words.length; index++) {
    const word = wordAt(words, index);
    tokens += word.tokens;
    if (index > first && (tokens > limits.maxTokens || word.end - start > limits.maxLength)) break;
    last = index;
    if (tokens < limits.maxTokens * ENOUGH) continue;
    if (word.border === 'paragraph') paragraph = index;
    if (word.border !== 'none') sentence = index;
  }
  if (last === words.length - 1) return last;
  if (paragraph >= 0) return paragraph;
  return sentence >= 0 ? sentence : last;
}

/** Parts of one word can need more tokens together than apart: drop words from the end until the window fits. */
function shrinkToFit(text: string, words: readonly Word[], first: number, end: number, limits: ChunkLimits): number {
  let last = end;
  if (!words.slice(first, end + 1).some(({ partial }) => partial)) return last;
  while (last > first && !fits(text, wordAt(words, first).start, wordAt(words, last).end, limits)) last--;
  return last;
}

function startOfNext(words: readonly Word[], first: number, last: number, limits: ChunkLimits): number {
  const budget = Math.floor(limits.maxTokens * OVERLAP);
  let tokens = 0;
  let next = last + 1;
  while (next - 1 > first) {
    tokens += wordAt(words, next - 1).tokens;
    if (tokens > budget) break;
    next--;
    if (next - 1 > first && wordAt(words, next - 1).border !== 'none') break;
  }
  return next;
}

function fits(text: string, start: number, end: number, limits: ChunkLimits): boolean {
  return end - start <= limits.maxLength && limits.countTokens(text.slice(start, end)) <= limits.maxTokens;
}

function chunkOf(text: string, number: number, start: number, end: number): TextChunk {
  return { number, start, end, text: text.slice(start, end) };
}

function trimmed(text: string): { start: number; end: number } | null {
  const start = text.search(/\S/u);
  return start < 0 ? null : { start, end: text.trimEnd().length };
}

function wordAt(words: readonly Word[], index: number): Word {
  const word = words[index];
  if (!word) throw new RangeError(`Expected a word index below ${words.length}, got ${index}.`);
  return word;
}
