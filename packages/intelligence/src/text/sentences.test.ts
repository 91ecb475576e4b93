import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sentencesOf } from './sentences.ts';

const raws = (text: string) => sentencesOf(text).map(({ raw }) => raw);

describe('sentencesOf', () => {
  test('splits prose and keeps exact offsets', () => {
    const text = 'We use Redis 7.2, e.g. for locks. It works!\nNext: streams?';
    expect(raws(text)).toEqual(['We use Redis 7.2, e.g. for locks.', 'It works!', 'Next: streams?']);
    for (const { start, end, raw } of sentencesOf(text)) expect(text.slice(start, end)).toBe(raw);
  });

  test('joins hard-wrapped lines, not list entries', () => {
    const wrapped = 'The problem is that the importer keeps the whole archive in memory and\nthen runs out of it.';
    expect(raws(wrapped)).toHaveLength(1);
    expect(raws('- first entry\n- second entry\n  1. third entry')).toEqual([
      'first entry',
      'second entry',
      'third entry',
    ]);
  });

  test.each([
    ['fenced code', '```ts\nWe decided to use Redis.\n```'],
    ['unclosed fence', '~~~\nWe decided to use Redis.\n'],
    ['fence in a list', '- ```\n  We decided to use Redis.\n  ```'],
    ['indented code', 'x\n\n    We decided to use Redis.\n    really'],
    ['quotation', '> We decided to use Redis.'],
    ['heading', '## We decided to use Redis'],
    ['table', '| We decided | to use Redis |\n|---|---|\n| a | b |'],
    ['stack trace', 'TypeError: cannot read\n    at run (/app/a.js:1:2)\nCaused by: java.io.IOException: x'],
    ['log line', '2026-01-02T03:04:05Z We decided to use Redis.'],
    ['embedded document', '<document>\nWe decided to use Redis.\n</document>'],
    ['shell', '$ echo We decided to use Redis.'],
  ])('reads no %s', (_, text) => {
    expect(raws(text).join(' ')).not.toMatch(/decided|cannot read|Caused/);
  });

  test('people who write in lower case end sentences too', () => {
    expect(raws('cleaned the fan already. the noise is still there, e.g. at night... maybe a new one?')).toEqual([
      'cleaned the fan already.',
      'the noise is still there, e.g. at night...',
      'maybe a new one?',
    ]);
  });

  test('prose goes on after a closed fence', () => {
    expect(raws('Before.\n```\ncode\n```\nAfter.')).toEqual(['Before.', 'After.']);
  });

  test('a longer fence is closed by its own kind only', () => {
    expect(raws('````\n```\nstill code.\n````\nAfter.')).toEqual(['After.']);
  });

  test.each(['word ', 'a | ', 'x`', 'x.y', ' ', '{[(', '- ', 'a_b:'])('a megabyte of %j is no burden', (unit) => {
    const blob = unit.repeat(1_000_000 / unit.length);
    expect(raws(`${blob}\nWe use Redis.`).at(-1)).toContain('We use Redis.');
  });

  test('every sentence is the exact, trimmed, ordered slice, whatever the text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('\n', '\n\n', '```', '> ', '- ', '. ', '\t', '\u2028', '🧵'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        let last = 0;
        for (const { start, end, raw } of sentencesOf(text)) {
          expect(text.slice(start, end)).toBe(raw);
          expect(raw.trim()).toBe(raw);
          expect(start).toBeGreaterThanOrEqual(last);
          last = end;
        }
      }),
    );
  });
});
