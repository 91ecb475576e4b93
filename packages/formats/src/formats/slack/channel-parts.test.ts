import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ArchiveDocument } from '../../archive/document.ts';
import { indexFiles } from './attachments.ts';
import { partsOfChannels } from './channel-parts.ts';
import type { Workspace } from './workspace.ts';

const NO_LISTS: Workspace = {
  teamId: 'T1',
  users: new Map(),
  channelNames: new Map(),
  channelsByFolder: new Map(),
  files: indexFiles([]),
  issues: [],
};

/** Days from 1 January 2026 on, one for each size. */
function days(sizes: readonly number[], folder = 'general'): ArchiveDocument[] {
  return sizes.map((size, index) => ({
    name: `${folder}/${new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10)}.json`,
    size,
    open: () => {
      throw new Error('The plan needs no bytes.');
    },
  }));
}

const plan = (documents: readonly ArchiveDocument[], maxBytes: number) =>
  partsOfChannels(documents, NO_LISTS, maxBytes).map((part) => [part.externalId, part.days.length]);

test('a channel is one part until half of the bytes are there and a month begins', () => {
  expect(plan(days(Array(59).fill(1)), 1000)).toEqual([['folder:T1/general', 59]]);
  expect(plan(days(Array(70).fill(1)), 100)).toEqual([
    ['folder:T1/general', 59],
    ['folder:T1/general~2026-03-01', 11],
  ]);
});

test('a part of all the bytes is cut at once, and a day over the limit is a part', () => {
  expect(plan(days([60, 30, 20, 500, 5]), 100)).toEqual([
    ['folder:T1/general', 2],
    ['folder:T1/general~2026-01-03', 1],
    ['folder:T1/general~2026-01-04', 1],
    ['folder:T1/general~2026-01-05', 1],
  ]);
});

test('every day is in one part, in order, and parts stay when the channel grows', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 400 });
  fc.assert(
    fc.property(sizes, fc.nat(), (all, cut) => {
      const whole = days(all);
      const parts = partsOfChannels(whole.toReversed(), NO_LISTS, 1000);
      expect(parts.flatMap((part) => part.days)).toEqual(whole);
      const before = plan(whole.slice(0, 1 + (cut % all.length)), 1000);
      const after = plan(whole, 1000);
      expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
      expect(after[before.length - 1]?.[0]).toBe(before.at(-1)?.[0]);
    }),
  );
});
