import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type MatchedChunk, rankOwners } from './ranking.ts';

const chunks = fc.uniqueArray(
  fc.record<MatchedChunk>({
    objectId: fc.uuid(),
    ownerId: fc.constantFrom('a', 'b', 'c', 'd'),
    ownerKind: fc.constant('ITEM'),
    score: fc.constantFrom(0, 0.25, 0.5, 1),
    text: fc.constant(null),
  }),
  { selector: ({ objectId }) => objectId },
);

test('each owner once, by its best chunk, best first, whatever the order of the chunks', () => {
  fc.assert(
    fc.property(chunks, fc.nat(), (matched, seed) => {
      const ranked = rankOwners(matched);
      expect(new Set(ranked.map(({ ownerId }) => ownerId)).size).toBe(ranked.length);
      for (const { ownerId, score } of ranked) {
        expect(score).toBe(
          Math.max(...matched.filter((chunk) => chunk.ownerId === ownerId).map((chunk) => chunk.score)),
        );
      }
      expect(ranked.map(({ score }) => score)).toEqual(ranked.map(({ score }) => score).sort((a, b) => b - a));
      const turned = matched.toSorted((a, b) => a.objectId.charCodeAt(seed % 36) - b.objectId.charCodeAt(seed % 36));
      expect(rankOwners(turned)).toEqual(ranked);
    }),
  );
});
