import { z } from 'zod';
import { storeName } from './storage.ts';

/** How clients may name an operation instead of sending its text. */
export const persistedConfig = z
  .strictObject({
    /**
     * `apq`: clients register texts by their hash, as Apollo's clients do by themselves. `safelist`: only operations of
     * the manifest are run. `off`: neither.
     */
    mode: z.enum(['off', 'apq', 'safelist']).default('apq'),
    /** Where registered texts are kept (`apq`). */
    store: storeName,
    /** Of registered texts kept in this process, also before Redis. */
    memoryBytes: z
      .number()
      .int()
      .min(64 * 1024)
      .default(16 * 1024 * 1024),
    /** How long Redis keeps a registered text. */
    ttlSeconds: z
      .number()
      .int()
      .min(1)
      .default(30 * 86_400),
    /** Path of the trusted operations (`safelist`), watched. */
    manifest: z.string().min(1).optional(),
    /** Whether an operation must come by its id, also one whose text is in the manifest (`safelist`). */
    requireId: z.boolean().default(false),
    /** Lets operations that are not in the manifest through, and logs them (`safelist`). */
    audit: z.boolean().default(false),
  })
  .refine(({ mode, manifest }) => (mode === 'safelist') === (manifest !== undefined), {
    message: 'expected with the mode safelist, and only there',
    path: ['manifest'],
  });
export type PersistedConfig = z.infer<typeof persistedConfig>;
