import { expect, test } from '@jest/globals';
import type { WholeSnapshot } from '../support/snapshot.ts';
import { difference, judgeEvents } from './judge.ts';

const event = (sequence: number, ...items: string[]) => ({
  sequence,
  newItems: items.map((id) => ({ id, title: '', connectionCount: null, similar: null })),
});

test('a log that is told whole and in order has no fault', () => {
  expect(judgeEvents([event(1), event(2, 'a', 'b'), event(3, 'c')], 3)).toEqual({ lost: 0, doubled: 0 });
});

test.each([
  ['an event that is missing', [event(1), event(3)], 0, { lost: 1, doubled: 0 }],
  ['an event that is told twice', [event(1), event(1), event(2)], 0, { lost: 0, doubled: 1 }],
  ['events out of order', [event(2), event(1)], 0, { lost: 0, doubled: 1 }],
  ['an item that is told twice', [event(1, 'a'), event(2, 'a')], 1, { lost: 0, doubled: 1 }],
  ['an item that is never told', [event(1, 'a')], 2, { lost: 1, doubled: 0 }],
  ['nothing at all', [], 2, { lost: 2, doubled: 0 }],
])('%s is counted', (_, events, stored, counts) => {
  expect(judgeEvents(events, stored)).toEqual(counts);
});

test('snapshots are compared as multisets', () => {
  const of = (...messages: string[]) => ({ messages, rows: ['messages: 1'] }) as unknown as WholeSnapshot;
  expect(difference(of('a', 'b'), of('b', 'a'))).toEqual({ missing: 0, extra: 0, examples: [] });
  expect(difference(of('a', 'b'), of('a', 'a', 'b'))).toMatchObject({ missing: 0, extra: 1 });
  expect(difference(of('a', 'b'), of('a', 'c'))).toEqual({
    missing: 1,
    extra: 1,
    examples: ['messages missing: b', 'messages extra: c'],
  });
});
