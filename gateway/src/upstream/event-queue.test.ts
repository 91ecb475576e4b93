import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EventQueue } from './event-queue.ts';

const noFlow = { onFull: () => undefined, onRoom: () => undefined };

describe('the event queue', () => {
  test('delivers every value once, in order, however pushes and takes alternate', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 200 }), async (pushes) => {
        const queue = new EventQueue<number>(noFlow);
        const taken: Promise<IteratorResult<number, void>>[] = [];
        let pushed = 0;
        for (const push of pushes) {
          // At most one `next()` may be pending.
          if (push || taken.length > pushed) queue.push(pushed++);
          else taken.push(queue.next());
        }
        queue.end();
        const values = (await Promise.all(taken)).flatMap((result) => (result.done ? [] : [result.value]));
        for (let rest = await queue.next(); !rest.done; rest = await queue.next()) values.push(rest.value);
        expect(values).toEqual(Array.from({ length: pushed }, (_, index) => index));
      }),
    );
  });

  test('asks for a pause when it is full, and for more when it is empty', async () => {
    const asked: string[] = [];
    const queue = new EventQueue<number>({ onFull: () => asked.push('full'), onRoom: () => asked.push('room') });
    for (let value = 0; value < 8; value++) queue.push(value);
    expect(asked).toEqual(['full']);
    for (let value = 0; value < 8; value++) await queue.next();
    expect(asked).toEqual(['full', 'room']);
  });

  test('delivers what came before its failure, and the first failure only', async () => {
    const queue = new EventQueue<number>(noFlow);
    queue.push(1);
    queue.end({ error: new Error('first') });
    queue.end({ error: new Error('second') });
    queue.push(2);
    expect(await queue.next()).toEqual({ done: false, value: 1 });
    await expect(queue.next()).rejects.toThrow('first');
  });

  test('wakes who waits when it ends', async () => {
    const queue = new EventQueue<number>(noFlow);
    const waiting = queue.next();
    queue.end();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});
