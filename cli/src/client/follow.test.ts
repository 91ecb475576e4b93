import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakePlatform, fakeEvents, fakeSession } from '../../test-support/fake-platform.ts';
import { NotAllowedError, PlatformUnreachableError, RefusedError } from '../exit.ts';
import type { Connection } from './connection.ts';
import { followSession } from './follow.ts';

const platform = new FakePlatform();

function connection(patienceMs = 10_000): Connection {
  return { url: platform.url, token: async () => 'token', patienceMs };
}

async function sequences(from: Connection, after: string | null = null, onEvent?: (n: number) => void) {
  const seen: number[] = [];
  for await (const event of followSession(from, 'sess_1', { after, withItems: false })) {
    seen.push(event.sequence);
    onEvent?.(event.sequence);
  }
  return seen;
}

function upTo(last: number, first = 1): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

describe('following a session', () => {
  beforeEach(async () => {
    Object.assign(platform.answers, {
      session: fakeSession('COMPLETED'),
      events: fakeEvents(40),
      allows: () => true,
      eventsUntilCut: () => Number.POSITIVE_INFINITY,
    });
    await platform.start();
  });
  afterEach(() => platform.stop());

  test('gives every event in order and ends with the session', async () => {
    expect(await sequences(connection())).toEqual(upTo(40));
  });

  test('begins after a cursor', async () => {
    expect(await sequences(connection(), 'c37')).toEqual([38, 39, 40]);
  });

  test('ends when nothing is left after the cursor', async () => {
    expect(await sequences(connection(), 'c40')).toEqual([]);
  });

  test('gives every event once though the socket is cut again and again', async () => {
    let cuts = 0;
    platform.answers.eventsUntilCut = () => (cuts++ < 5 ? 4 + cuts : Number.POSITIVE_INFINITY);
    expect(await sequences(connection())).toEqual(upTo(40));
    expect(cuts).toBeGreaterThan(5);
  });

  test('survives a restart of the gateway', async () => {
    const reasons: string[] = [];
    let connections = 0;
    platform.answers.eventsUntilCut = () => (connections++ === 0 ? 15 : Number.POSITIVE_INFINITY);
    let restarted: Promise<void> | undefined;
    const restart = async () => {
      await platform.stop();
      await delay(700);
      await platform.start();
    };
    const seen = await sequences({ ...connection(), onRetry: (reason) => reasons.push(reason) }, null, (sequence) => {
      if (sequence === 15) restarted = restart();
    });
    await restarted;
    expect(seen).toEqual(upTo(40));
    expect(reasons).toHaveLength(1);
  });

  test('goes on behind an old end when the session was taken up again', async () => {
    const events = fakeEvents(20);
    if (events[4]) events[4].status = 'FAILED';
    platform.answers.events = events;
    platform.answers.session = fakeSession('PROCESSING');
    const seen = await sequences(connection(), null, (sequence) => {
      if (sequence === 20) platform.answers.session = fakeSession('COMPLETED');
    });
    expect(seen).toEqual(upTo(20));
  });

  test('gives up when nobody answers for as long as the patience lasts', async () => {
    await platform.stop();
    await expect(sequences(connection(300))).rejects.toThrow(PlatformUnreachableError);
    await platform.start();
  });

  test('gives up at once when it is told to', async () => {
    const stop = new AbortController();
    platform.answers.eventsUntilCut = () => 5;
    const following = sequences({ ...connection(60_000), signal: stop.signal }, null, (sequence) => {
      if (sequence === 20) stop.abort();
    });
    await expect(following).rejects.toThrow(PlatformUnreachableError);
  });

  test('does not repeat what is not allowed', async () => {
    platform.answers.allows = () => false;
    await expect(sequences(connection())).rejects.toThrow(NotAllowedError);
  });

  test('says that there is no such session', async () => {
    platform.answers.session = null;
    platform.answers.events = [];
    await expect(sequences(connection())).rejects.toThrow(RefusedError);
  });
});
