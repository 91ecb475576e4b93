import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { snippet } from './snippet.ts';

describe('a snippet', () => {
  test('is the whole chunk when that is short, on one line', () => {
    expect(snippet('  One\n\ntruth. ', 'x')).toBe('One truth.');
  });

  test('stands around the words that were looked for', () => {
    const text = `${'filler words here '.repeat(40)}the budget for the new importer ${'more filler '.repeat(40)}`;
    const cut = snippet(text, 'Importer BUDGET?');
    expect(cut).toContain('the budget for the new importer');
    expect(cut).toMatch(/^….*…$/u);
  });

  test('is short, well formed and of the text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), fc.string({ maxLength: 20 }), (text, query) => {
        const cut = snippet(text, query);
        expect(cut.length).toBeLessThanOrEqual(242);
        expect(cut.isWellFormed()).toBe(true);
        expect(text.replace(/\s+/gu, ' ')).toContain(cut.replace(/^…|…$/gu, ''));
      }),
    );
  });
});
