import { Counter, type Log, type Metrics } from '@colloquy/service';
import { ConfigError } from '../config/config.ts';
import type { RedisConfig } from '../config/storage.ts';
import { openRedis, type RedisLink } from './redis-link.ts';
import { createRedisStore } from './redis-store.ts';
import type { Store } from './store.ts';

/** Gives out stores in Redis over one connection, which is made when the first is asked for. */
export interface RedisStores {
  /** `purpose` begins its keys. Throws ConfigError when the configuration has no Redis. */
  store(purpose: string): Store;
  close(): void;
}

export function createRedisStores(
  config: RedisConfig | undefined,
  { log, metrics }: { log: Log; metrics: Pick<Metrics, 'registry'> },
): RedisStores {
  let link: RedisLink | undefined;

  function connect(redis: RedisConfig): RedisLink {
    const missed = new Counter({
      name: 'gateway_redis_missed_commands',
      help: 'Commands that Redis did not answer in time, or that were not sent since it was away',
      registers: [metrics.registry],
    });
    return openRedis(redis, { log, onMiss: () => missed.inc() });
  }

  return {
    store(purpose) {
      if (!config)
        throw new ConfigError(`The configuration is not usable:\n  redis: expected, since ${purpose} uses it`);
      link ??= connect(config);
      return createRedisStore(link, `${config.prefix}${purpose}:`);
    },
    close: () => link?.close(),
  };
}
