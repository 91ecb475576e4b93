import { once } from 'node:events';
import { Redis } from 'ioredis';

/** Wakes readers of the event log. It carries no facts: a lost ring costs a reader at most its polling interval. */
export interface Bell {
  ring(sessionId: string): void;
  /** Resolves at the next ring for that session, when `signal` aborts, or after `timeoutMs`. */
  wait(sessionId: string, timeoutMs: number, signal: AbortSignal): Promise<void>;
  /** Round-trip to Redis; throws when it is away. */
  ping(): Promise<void>;
  close(): void;
}

const channelOf = (sessionId: string) => `colloquy:session:${sessionId}`;

/** Connects at once and reconnects by itself; while Redis is away, ringing does nothing and waiting times out. */
export function openBell(url: string, onError: (error: Error) => void): Bell {
  const options = {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 3_000,
    commandTimeout: 1_500,
    retryStrategy: (times: number) => Math.min(times * 200, 2_000),
  };
  const publisher = new Redis(url, options);
  const subscriber = new Redis(url, { ...options, autoResubscribe: false });
  const waiters = new Map<string, Set<() => void>>();
  for (const client of [publisher, subscriber]) client.on('error', onError);
  // Whoever began to wait while Redis was away is listened for as soon as it is there.
  subscriber.on('ready', () => {
    if (waiters.size > 0) subscriber.subscribe(...waiters.keys()).catch(onError);
  });
  subscriber.on('message', (channel: string) => {
    for (const wake of waiters.get(channel) ?? []) wake();
  });

  function listen(channel: string, wake: () => void): () => void {
    const set = waiters.get(channel) ?? new Set();
    waiters.set(channel, set.add(wake));
    if (set.size === 1 && subscriber.status === 'ready') subscriber.subscribe(channel).catch(onError);
    return () => {
      set.delete(wake);
      if (set.size > 0) return;
      waiters.delete(channel);
      if (subscriber.status === 'ready') subscriber.unsubscribe(channel).catch(onError);
    };
  }

  return {
    ring(sessionId) {
      if (publisher.status === 'ready') publisher.publish(channelOf(sessionId), '').catch(onError);
    },
    wait(sessionId, timeoutMs, signal) {
      return new Promise((resolve) => {
        const finish = () => {
          stop();
          clearTimeout(timer);
          signal.removeEventListener('abort', finish);
          resolve();
        };
        const stop = listen(channelOf(sessionId), finish);
        const timer = setTimeout(finish, timeoutMs);
        if (signal.aborted) finish();
        else signal.addEventListener('abort', finish, { once: true });
      });
    },
    async ping() {
      if (publisher.status === 'connecting' || publisher.status === 'connect') await once(publisher, 'ready');
      await publisher.ping();
    },
    close() {
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}
