import { z } from 'zod';

/** Where a cache keeps what it has: in this process, or in Redis, shared by all gateways that use the same one. */
export const storeName = z.enum(['memory', 'redis']).default('memory');

/** The Redis of whatever is set to `store: redis`. One server; not a cluster. */
export const redisConfig = z.strictObject({
  url: z.url({ protocol: /^rediss?$/ }),
  /** How long one command may take; what takes longer counts as a miss. */
  timeoutMilliseconds: z.number().int().min(1).default(200),
  /** Begins every key. */
  prefix: z.string().min(1).max(100).default('gateway:'),
});
export type RedisConfig = z.infer<typeof redisConfig>;
