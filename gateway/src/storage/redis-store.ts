import { StoreUnavailableError } from '@colloquy/service';
import type { Redis } from 'ioredis';
import type { RedisLink } from './redis-link.ts';
import type { Mark, Store } from './store.ts';

/**
 * Each tag is a sorted set of the keys that have it, by the time at which they run out, so what is left of old entries
 * is swept out by the next one. Beside it stands, for as long as an operation could last, when it was invalidated.
 * KEYS: entry, tags. ARGV: text, milliseconds to live, mark.
 */
const SET_TAGGED = `
for i = 2, #KEYS do
  local gone = redis.call('GET', KEYS[i] .. ':gone')
  if gone and tonumber(gone) >= tonumber(ARGV[3]) then return 0 end
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ttl = tonumber(ARGV[2])
redis.call('SET', KEYS[1], ARGV[1], 'PX', ttl)
for i = 2, #KEYS do
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now)
  redis.call('ZADD', KEYS[i], now + ttl, KEYS[1])
  if redis.call('PTTL', KEYS[i]) < ttl then redis.call('PEXPIRE', KEYS[i], ttl) end
end
return 1
`;

/** KEYS: tags. ARGV: milliseconds for which to remember that they were invalidated. */
const INVALIDATE = `
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000000 + time[2])
local removed = 0
for i = 1, #KEYS do
  redis.call('SET', KEYS[i] .. ':gone', now, 'PX', ARGV[1])
  for _, key in ipairs(redis.call('ZRANGE', KEYS[i], 0, -1)) do
    removed = removed + redis.call('UNLINK', key)
  end
  redis.call('UNLINK', KEYS[i])
end
return removed
`;

const REMEMBERED_MILLISECONDS = 600_000;

/** Shared by all processes with the same Redis and prefix. */
export function createRedisStore(link: RedisLink, prefix: string): Store {
  const entryKey = (key: string) => `${prefix}entry:${key}`;
  const tagKey = (tag: string) => `${prefix}tag:${tag}`;

  return {
    get: async (key) => (await link.attempt((redis) => redis.get(entryKey(key)))) ?? undefined,
    mark: () => link.attempt(readTime),
    set(key, value, { ttlSeconds, tags = [], since = 0 }) {
      const keys = [entryKey(key), ...tags.map(tagKey)];
      // Never rejects: a Redis that is away is the link's to report, and the entry is missing later.
      void link.attempt((redis) => redis.eval(SET_TAGGED, keys.length, ...keys, value, ttlSeconds * 1000, since));
    },
    async invalidate(tags) {
      try {
        const removed = await link.demand((redis) =>
          redis.eval(INVALIDATE, tags.length, ...tags.map(tagKey), REMEMBERED_MILLISECONDS),
        );
        return Number(removed);
      } catch (error) {
        throw new StoreUnavailableError('redis', { cause: error });
      }
    },
  };
}

/** Microseconds since 1970 by the clock of Redis. */
async function readTime(redis: Redis): Promise<Mark> {
  const [seconds, microseconds] = await redis.time();
  return Number(seconds) * 1_000_000 + Number(microseconds);
}
