import { describe, expect, test } from '@jest/globals';
import { TruncatedArchiveError } from '../../errors.ts';
import { HtmlCellSplitter } from './html-cells.ts';
import { cell, page } from './testing/samples.ts';

function split(text: string, chunkBytes: number, maxRecordBytes = 1_000_000) {
  const splitter = new HtmlCellSplitter({ maxRecordBytes });
  const bytes = Buffer.from(text);
  const cells = [];
  for (let at = 0; at < bytes.length; at += chunkBytes)
    cells.push(...splitter.push(bytes.subarray(at, at + chunkBytes)));
  const last = splitter.finish();
  return last ? [...cells, last] : cells;
}

const one = cell('Prompted&nbsp;One<br>Jul 20, 2026, 9:00:00 AM PDT<br><div><p>Ä</p></div>');
const two = cell('Prompted&nbsp;Two<br>Jul 20, 2026, 8:00:00 AM PDT<br>');

describe('a page', () => {
  test.each([1, 2, 7, 64, 100_000])('is cut into its records, whichever way it comes (%i bytes)', (chunkBytes) => {
    const cells = split(page(one, two), chunkBytes);
    expect(cells.map(({ index }) => index)).toEqual([0, 1]);
    expect(cells[0]?.bytes?.toString()).toBe(one);
    expect(cells[1]?.bytes?.toString()).toBe(`${two}</div></body></html>`);
  });

  test('without records has none', () => {
    expect(split(page(), 50)).toEqual([]);
    expect(split('no page', 3)).toEqual([]);
  });

  test('with a record over the limit tells its size alone', () => {
    const cells = split(page(one, cell(`Prompted ${'x'.repeat(5000)}<br>`), two), 100, 2000);
    expect(cells.map(({ bytes }) => bytes === null)).toEqual([false, true, false]);
    expect(cells[1]?.size).toBeGreaterThan(5000);
  });

  test('that ends within a record, or before its own end, was cut off', () => {
    const whole = page(one, two);
    for (let end = '<html>'.length; end < whole.length; end++) {
      expect(() => split(whole.slice(0, end), 4096)).toThrow(TruncatedArchiveError);
    }
    expect(() => split(one.slice(0, -1), 4096)).toThrow(TruncatedArchiveError);
    expect(split(one, 4096)).toHaveLength(1);
  });
});
