import { describe, expect, test } from '@jest/globals';
import { InOrder } from './in-order.ts';

/** A piece of work that is finished when the test says so. */
function piece(name: string, log: string[]) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const work = async (turn: Promise<void>) => {
    log.push(`${name} begins`);
    await promise;
    await turn;
    log.push(`${name} ends`);
  };
  return { work, finish: resolve, fail: reject };
}

const none = new Set<string>();

describe('work in order', () => {
  test('goes on side by side, and ends in the order of its beginning', async () => {
    const log: string[] = [];
    const [a, b] = [piece('a', log), piece('b', log)];
    const order = new InOrder();
    await order.add(none, a.work);
    await order.add(none, b.work);
    b.finish();
    await new Promise(setImmediate);
    expect(log).toEqual(['a begins', 'b begins']);
    a.finish();
    await order.finish();
    expect(log).toEqual(['a begins', 'b begins', 'a ends', 'b ends']);
  });

  test('waits for room, and for what is about the same things', async () => {
    const log: string[] = [];
    const [a, b, c] = [piece('a', log), piece('b', log), piece('c', log)];
    const order = new InOrder();
    await order.add(new Set(['x']), a.work);
    const second = order.add(new Set(['x']), b.work);
    expect(log).toEqual(['a begins']);
    a.finish();
    await second;
    expect(log).toEqual(['a begins', 'a ends', 'b begins']);
    await order.add(none, c.work);
    const third = order.add(none, async () => void log.push('d begins'));
    expect(log.at(-1)).toBe('c begins');
    b.finish();
    await third;
    expect(log.slice(-2)).toEqual(['b ends', 'd begins']);
    c.finish();
    await order.finish();
  });

  test('what failed fails what came after it, and is heard once', async () => {
    const log: string[] = [];
    const [a, b] = [piece('a', log), piece('b', log)];
    const order = new InOrder();
    await order.add(none, a.work);
    await order.add(none, b.work);
    a.fail(new Error('no room'));
    b.finish();
    await expect(order.finish()).rejects.toThrow('no room');
    await order.settle();
    expect(log).toEqual(['a begins', 'b begins']);
  });
});
