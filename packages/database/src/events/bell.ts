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

/** Connects on first use and reconnects by itself; while Redis is away, ringing does nothing and waiting times out. */
export function openBell(url: string, onError: (error: Error) => void): Bell {
  const options = {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 3_000,
    retryStrategy: (times: number) => Math.min(times * 200, 2_000),
  };
  const publisher = new Redis(url, options);
  const subscriber = new Redis(url, { ...options, autoResubscribe: true });
  const waiters = new Map<string, Set<() => void>>();
  const connect = (client: Redis) => {
    if (client.status === 'wait') client.connect().catch(onError);
  };
  for (const client of [publisher, subscriber]) client.on('error', onError);
  subscriber.on('message', (channel: string) => {
    for (const wake of waiters.get(channel) ?? []) wake();
  });

  function listen(channel: string, wake: () => void): () => void {
    const set = waiters.get(channel) ?? new Set();
    waiters.set(channel, set.add(wake));
    connect(subscriber);
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
      connect(publisher);
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
      connect(publisher);
      await publisher.ping();
    },
    close() {
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}
