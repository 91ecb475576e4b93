import { describe, expect, test } from '@jest/globals';
import { createLifecycle } from './lifecycle.ts';
import { createLog } from './log.ts';

const log = createLog({ name: 'test', level: 'silent' });

describe('the drain', () => {
  test('runs every step in order, once, also after one failed', async () => {
    const lifecycle = createLifecycle(log);
    const ran: string[] = [];
    lifecycle.serve([
      { name: 'clients', run: () => void ran.push('clients') },
      {
        name: 'broken',
        run: () => {
          throw new Error('will not go');
        },
      },
      { name: 'stores', run: async () => void ran.push('stores') },
    ]);
    expect(lifecycle.state.phase).toBe('serving');
    const first = lifecycle.drain();
    expect(lifecycle.state.phase).toBe('draining');
    expect(lifecycle.leaving).toBe(true);
    await Promise.all([first, lifecycle.drain()]);
    await lifecycle.drain();
    expect(ran).toEqual(['clients', 'stores']);
    expect(lifecycle.state).toMatchObject({ phase: 'stopped', failures: [new Error('will not go')] });
  });

  test('a step learns when there is no more time to be polite', async () => {
    const lifecycle = createLifecycle(log);
    lifecycle.serve([
      {
        name: 'slow',
        run: (deadline) => new Promise((resolve) => deadline.addEventListener('abort', () => resolve())),
      },
    ]);
    await lifecycle.drain({ graceMilliseconds: 20 });
    expect(lifecycle.state).toEqual({ phase: 'stopped', failures: [] });
  });
});
