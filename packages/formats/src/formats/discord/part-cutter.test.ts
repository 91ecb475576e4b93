import { describe, expect, test } from '@jest/globals';
import { PartCutter } from './part-cutter.ts';

const at = (day: string) => new Date(`${day}T00:00:00Z`);

function cuts(cutter: PartCutter, messages: readonly [number, string | null][]): number[] {
  return messages.flatMap(([bytes, day], index) =>
    cutter.cutsBefore(bytes, day === null ? null : at(day)) ? [index] : [],
  );
}

describe('cutting a long channel', () => {
  test('waits for the month to end', () => {
    const days = [
      '2026-01-01',
      '2026-01-02',
      '2026-01-31',
      null,
      '2026-02-01',
      '2026-03-01',
      '2026-03-02',
      '2026-04-01',
    ];
    expect(
      cuts(
        new PartCutter(1000, 2),
        days.map((day) => [1, day]),
      ),
    ).toEqual([4, 7]);
  });

  test('does not wait when the bytes are too many', () => {
    const sizes = [60, 30, 20, 90, 5];
    expect(
      cuts(
        new PartCutter(100, 1000),
        sizes.map((size) => [size, '2026-01-01']),
      ),
    ).toEqual([2, 3]);
  });

  test('falls at the same messages when the channel has grown', () => {
    const days = Array.from({ length: 300 }, (_, index) =>
      new Date(Date.UTC(2026, 0, index)).toISOString().slice(0, 10),
    );
    const all = cuts(
      new PartCutter(1e9, 40),
      days.map((day) => [1, day]),
    );
    const before = cuts(
      new PartCutter(1e9, 40),
      days.slice(0, 170).map((day) => [2, day]),
    );
    expect(before.length).toBeGreaterThan(1);
    expect(all.slice(0, before.length)).toEqual(before);
  });
});
