import { z } from 'zod';
import { storeName } from './storage.ts';

const seconds = z.number().int().min(0);
const fieldName = z.string().regex(/^[_A-Za-z]\w*$/);

/** The same three as the arguments of `@cacheControl`. */
const policy = z.strictObject({
  maxAge: seconds.optional(),
  scope: z.enum(['PUBLIC', 'PRIVATE']).optional(),
  inheritMaxAge: z.boolean().optional(),
});

/** How whole answers are kept and given again. */
export const cacheConfig = z.strictObject({
  enabled: z.boolean().default(false),
  store: storeName,
  /** Of answers kept in this process. */
  memoryBytes: z
    .number()
    .int()
    .min(1024 * 1024)
    .default(64 * 1024 * 1024),
  /** Larger answers are not kept. */
  answerBytes: z
    .number()
    .int()
    .min(1)
    .default(1024 * 1024),
  /** Seconds, for fields to which nothing else gives an age; see `@cacheControl`. */
  defaultMaxAge: seconds.default(0),
  /** By `Type` or `Type.field`; goes over the `@cacheControl` in the schema. */
  policies: z
    .record(z.string().regex(/^[_A-Za-z]\w*(\.[_A-Za-z]\w*)?$/, 'expected Type or Type.field'), policy)
    .default({}),
  /** The claims that tell whose a private answer is; a client that lacks one of them gets none from the cache. */
  claims: z.array(z.string().min(1)).min(1).default(['sub']),
  /** Request headers on which answers depend. */
  vary: z.array(z.string().toLowerCase().min(1)).default([]),
  /** By type, the fields whose values tell its objects apart; `id` where a type is not named here. */
  keys: z.record(z.string(), z.array(fieldName).min(1)).default({}),
  invalidation: z
    .strictObject({
      /** What `POST /cache/invalidate` must bring along. Without it the address is not served. */
      secret: z.string().min(32).optional(),
    })
    .prefault({}),
});
export type CacheConfig = z.infer<typeof cacheConfig>;
export type CachePolicySetting = z.infer<typeof policy>;
