import { z } from 'zod';

/** Apollo Studio. Nothing is sent, and no plugin of Apollo's is loaded, without both a key and a graph. */
export const studioConfig = z.strictObject({
  /** The graph's API key; APOLLO_KEY. */
  key: z.string().min(1).optional(),
  /** Graph and variant, such as `shop@production`; APOLLO_GRAPH_REF. */
  graphRef: z
    .string()
    .regex(/^[^@]+@[^@]+$/, 'expected graph@variant')
    .optional(),
  usage: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** Where reports go instead of to Apollo. */
      endpoint: z.url({ protocol: /^https?$/ }).optional(),
      /** How long operations are collected before they are reported. */
      intervalMilliseconds: z.number().int().min(1).default(10_000),
    })
    .prefault({}),
  schema: z
    .strictObject({
      enabled: z.boolean().default(true),
      endpoint: z.url({ protocol: /^https?$/ }).optional(),
      /** The first report waits up to so long, by chance, so that instances that start together do not report together. */
      startDelayMilliseconds: z.number().int().min(0).default(10_000),
    })
    .prefault({}),
});
export type StudioConfig = z.infer<typeof studioConfig>;
