import type { Log } from '@colloquy/service';
import { Redis, ReplyError } from 'ioredis';
import type { RedisConfig } from '../config/storage.ts';

/** After a failure nothing is asked for this long, so that a Redis that hangs holds up few operations. */
const REST_MILLISECONDS = 1000;
const SLOW_MILLISECONDS = 5000;
const MILLISECONDS_BETWEEN_REPORTS = 60_000;

/** A connection to a Redis that may be away. */
export interface RedisLink {
  /** What the command gives; undefined when Redis is away or too slow, which is logged once per outage. */
  attempt<Result>(command: (redis: Redis) => Promise<Result>): Promise<Result | undefined>;
  /** The same for what must happen: allows 5 s, and throws when it fails. */
  demand<Result>(command: (redis: Redis) => Promise<Result>): Promise<Result>;
  close(): void;
}

/** Connects at once, and again whenever the connection is lost; waits for neither. `onMiss` counts failed attempts. */
export function openRedis(config: RedisConfig, options: { log: Log; onMiss(): void }): RedisLink {
  const { log, onMiss } = options;
  let away = false;
  let closing = false;
  let restUntil = 0;
  let refusalReportedAt = Number.NEGATIVE_INFINITY;
  const redis = new Redis(config.url, {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 3000,
    socketTimeout: SLOW_MILLISECONDS,
    retryStrategy: (times) => Math.min(times * 100, 2000),
  });
  redis.on('error', (error) => fail(error));
  // A connection that the other side ends raises no error.
  redis.on('close', () => {
    if (!closing) fail(new Error('The connection was lost.'));
  });
  redis.on('ready', () => {
    restUntil = 0;
    succeed();
  });

  function fail(error: unknown): void {
    if (error instanceof ReplyError) {
      reportRefusal(error);
      return;
    }
    restUntil = Date.now() + REST_MILLISECONDS;
    if (!away) log.warn({ err: error }, 'Redis does not answer; what it holds is missing until it does');
    away = true;
  }

  /** Redis is there and will not do this, such as when it is full. */
  function reportRefusal(error: unknown): void {
    if (Date.now() - refusalReportedAt < MILLISECONDS_BETWEEN_REPORTS) return;
    refusalReportedAt = Date.now();
    log.warn({ err: error }, 'Redis refuses a command');
  }

  function succeed(): void {
    if (away) log.info('Redis answers again');
    away = false;
  }

  return {
    async attempt(command) {
      if (redis.status === 'ready' && Date.now() >= restUntil) {
        try {
          const result = await within(config.timeoutMilliseconds, command(redis));
          if (away) succeed();
          return result;
        } catch (error) {
          fail(error);
        }
      }
      onMiss();
      return undefined;
    },
    demand: (command) => within(SLOW_MILLISECONDS, command(redis)),
    close() {
      closing = true;
      redis.disconnect();
    },
  };
}

function within<Result>(milliseconds: number, promise: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No answer within ${milliseconds} ms.`)), milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
