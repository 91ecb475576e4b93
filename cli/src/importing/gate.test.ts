import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Gate } from './gate.ts';

describe('a gate', () => {
  test('lets no more through than it is wide, in their order, also when work fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.boolean(), { maxLength: 30 }),
        async (width, works) => {
          const gate = new Gate(width);
          const begun: number[] = [];
          let inside = 0;
          let most = 0;
          const results = await Promise.allSettled(
            works.map((succeeds, index) =>
              gate.pass(async () => {
                begun.push(index);
                inside += 1;
                most = Math.max(most, inside);
                await Promise.resolve();
                inside -= 1;
                if (!succeeds) throw new Error('failed');
                return index;
              }),
            ),
          );
          expect(most).toBe(Math.min(width, works.length));
          expect(begun).toEqual(works.map((_, index) => index));
          expect(results.map(({ status }) => status === 'fulfilled')).toEqual(works);
        },
      ),
    );
  });
});
