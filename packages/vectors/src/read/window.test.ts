import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { MatchedChunk } from './ranking.ts';
import { rankWindow } from './window.ts';

/** A store of so many matching chunks, three to an owner, whose fused scores depend on how many are asked for. */
function store(size: number, asked: number[]) {
  return async (limit: number): Promise<MatchedChunk[]> => {
    asked.push(limit);
    return Array.from({ length: Math.min(size, limit) }, (_, at) => ({
      objectId: String(at).padStart(4, '0'),
      ownerId: `item_${Math.floor(at / 3)}`,
      ownerKind: 'ITEM' as const,
      score: 1 - at / limit,
      text: null,
    }));
  };
}

test('pages of any size join to the same list, each owner once, scores falling', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1_300 }), fc.integer({ min: 1, max: 100 }), async (size, first) => {
      const paged: MatchedChunk[] = [];
      let complete = false;
      for (let offset = 0; ; offset += first) {
        const ranked = await rankWindow(store(size, []), offset + first);
        paged.push(...ranked.owners.slice(offset, offset + first));
        complete = ranked.complete;
        if (ranked.owners.length <= offset + first) break;
      }
      expect(paged.map(({ ownerId }) => ownerId)).toEqual(
        Array.from({ length: Math.ceil(Math.min(size, 1_000) / 3) }, (_, owner) => `item_${owner}`),
      );
      expect(paged.map(({ score }) => score)).toEqual(paged.map(({ score }) => score).sort((a, b) => b - a));
      expect(complete).toBe(size < 1_000);
    }),
    { numRuns: 50 },
  );
});

test('a first page asks for a hundred chunks alone', async () => {
  const asked: number[] = [];
  await rankWindow(store(1_000, asked), 10);
  expect(asked).toEqual([100]);
});
