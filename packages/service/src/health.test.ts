import { describe, expect, test } from '@jest/globals';
import { readReadiness } from './health.ts';

describe('readiness', () => {
  const parts = [
    { name: 'postgresql', state: 'healthy' as const },
    { name: 'redis', state: 'failed' as const, detail: 'no answer' },
  ];

  test('a failed part costs readiness only when it is required', async () => {
    expect(await readReadiness(async () => parts, ['postgresql'])).toEqual({ ready: true, parts });
    expect(await readReadiness(async () => parts, ['redis'])).toEqual({ ready: false, parts });
  });

  test('a check that fails or hangs is not ready', async () => {
    const failing = await readReadiness(() => Promise.reject(new Error('boom')), []);
    expect(failing).toEqual({ ready: false, parts: [{ name: 'health-check', state: 'failed', detail: 'boom' }] });
    const hanging = await readReadiness(() => new Promise(() => undefined), [], 5);
    expect(hanging.ready).toBe(false);
  });
});
