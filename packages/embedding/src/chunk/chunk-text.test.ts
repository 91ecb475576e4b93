import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chunkText } from './chunk-text.ts';
import type { ChunkLimits } from './words.ts';

/** Like a word-piece model: about one token per four letters, one per other character; not additive over parts. */
const countTokens = (text: string) =>
  (text.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []).reduce((sum, word) => sum + Math.ceil(word.length / 4), 0);
const limits: ChunkLimits = { maxTokens: 20, maxLength: 120, countTokens };

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 600 }),
  fc.string({ unit: 'grapheme', maxLength: 600 }),
  fc.lorem({ maxCount: 120 }),
  fc
    .array(
      fc.oneof(
        fc.lorem({ maxCount: 5, mode: 'sentences' }),
        fc.constantFrom('\n\n', '\n', ' ', '😀😀😀', '漢字'.repeat(90)),
      ),
    )
    .map((parts) => parts.join(' ')),
);

describe('chunks of any text', () => {
  test('are exact slices, numbered in order, that fit', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const chunks = chunkText(text, limits);
        for (const [index, chunk] of chunks.entries()) {
          expect(chunk.number).toBe(index);
          expect(text.slice(chunk.start, chunk.end)).toBe(chunk.text);
          expect(countTokens(chunk.text)).toBeLessThanOrEqual(limits.maxTokens);
          expect(chunk.text.length).toBeLessThanOrEqual(limits.maxLength);
        }
      }),
    );
  });

  test('hold every character that is not blank', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let covered = 0;
        for (const { start, end } of chunkText(text, limits)) {
          expect(text.slice(covered, start).trim()).toBe('');
          expect(end).toBeGreaterThan(covered);
          covered = end;
        }
        expect(text.slice(covered).trim()).toBe('');
      }),
    );
  });

  test('cut no surrogate pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        for (const chunk of chunkText(text, limits)) expect(chunk.text.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('where chunks are cut', () => {
  test.each(['', ' ', '\n\t \u00a0'])('a blank text (%j) has none', (text) => {
    expect(chunkText(text, limits)).toEqual([]);
  });

  test('a text that fits is one chunk without its blank margins', () => {
    expect(chunkText('  We keep one truth.\n', limits)).toEqual([
      { number: 0, start: 2, end: 20, text: 'We keep one truth.' },
    ]);
  });

  test('after a sentence rather than inside one', () => {
    const sentence = 'The old plan was to copy all rows by hand. ';
    for (const { text } of chunkText(sentence.repeat(6), limits).slice(0, -1)) expect(text).toMatch(/\.$/);
  });

  test('neighbours share a few words when a sentence is longer than a window', () => {
    const words = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ');
    const chunks = chunkText(words, limits);
    expect(chunks.length).toBeGreaterThan(3);
    for (const [index, chunk] of chunks.slice(1).entries()) expect(chunk.start).toBeLessThan(chunks[index]!.end);
  });

  test('a string without spaces, such as an encoded file, is divided by length', () => {
    const chunks = chunkText('A'.repeat(1_000), { ...limits, countTokens: () => 1 });
    expect(chunks.map(({ text }) => text.length)).toEqual(Array.from({ length: 16 }, () => expect.any(Number)));
    expect(chunks.map(({ text }) => text).join('')).toBe('A'.repeat(1_000));
  });
});
