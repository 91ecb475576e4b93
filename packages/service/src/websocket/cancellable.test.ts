import { describe, expect, test } from '@jest/globals';
import { cancellable } from './cancellable.ts';

async function* endless(signal: AbortSignal): AsyncGenerator<number, void, void> {
  yield 1;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

describe('cancellable', () => {
  test('return() ends a stream that waits for its next value', async () => {
    const controller = new AbortController();
    const stream = cancellable(endless(controller.signal), () => controller.abort());
    expect(await stream.next()).toEqual({ done: false, value: 1 });
    const pending = stream.next();
    expect(await stream.return()).toEqual({ done: true, value: undefined });
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(controller.signal.aborted).toBe(true);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  test('cancels once, also when the source ends or fails by itself', async () => {
    let cancelled = 0;
    const done = cancellable((async function* () {})(), () => cancelled++);
    expect(await done.next()).toEqual({ done: true, value: undefined });
    await done.return();
    expect(cancelled).toBe(1);
    const failing = cancellable(
      {
        next: () => Promise.reject(new Error('source failed')),
      },
      () => cancelled++,
    );
    await expect(failing.next()).rejects.toThrow('source failed');
    expect(cancelled).toBe(2);
  });
});
