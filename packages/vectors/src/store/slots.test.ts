import { expect, test } from '@jest/globals';
import { Slots } from './slots.ts';

test('no more tasks at a time than slots, in order, and a failure frees its slot', async () => {
  const slots = new Slots(2);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const outcomes = await Promise.allSettled(
    Array.from({ length: 6 }, (_, number) =>
      slots.run(async () => {
        started.push(number);
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running--;
        if (number === 1) throw new Error('one');
      }),
    ),
  );
  expect(started).toEqual([0, 1, 2, 3, 4, 5]);
  expect(most).toBe(2);
  expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true, true, true]);
});
