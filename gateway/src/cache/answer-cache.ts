import type { Log } from '@colloquy/service';
import type { CacheConfig } from '../config/cache.ts';
import type { HeaderRules } from '../config/headers.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import type { Step } from '../request/exchange.ts';
import { createMemoryStore } from '../storage/memory-store.ts';
import type { RedisStores } from '../storage/stores.ts';
import { createCachingOf } from './caching.ts';
import { invalidateAnswers } from './invalidate.ts';
import { createResponseCache, type ResponseCache } from './response-cache.ts';
import { createVary } from './vary.ts';

/** What the response cache adds to the paths of operations and requests; nothing where it is off. */
export interface AnswerCache {
  readonly read: readonly ResponseCache['readCache'][];
  readonly keep: readonly ResponseCache['keepAnswer'][];
  readonly requests: readonly Step[];
}

export function createAnswerCache(
  config: CacheConfig,
  options: { redis: RedisStores; headers: HeaderRules; log: Log; telemetry: Pick<Telemetry, 'lookup'> },
): AnswerCache {
  if (!config.enabled) return { read: [], keep: [], requests: [] };
  const { redis, headers, log, telemetry } = options;
  const store = config.store === 'redis' ? redis.store('answers') : createMemoryStore({ maxBytes: config.memoryBytes });
  const cachingOf = createCachingOf(config, log);
  const vary = createVary(config.vary, headers);
  const { readCache, keepAnswer } = createResponseCache(config, { store, cachingOf, vary, telemetry });
  const { secret } = config.invalidation;
  return {
    read: [readCache],
    keep: [keepAnswer],
    requests: secret === undefined ? [] : [invalidateAnswers(store, secret)],
  };
}
