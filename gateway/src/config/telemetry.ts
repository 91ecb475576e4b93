import { z } from 'zod';

const tracing = z.strictObject({
  /** Where the collector takes OTLP over HTTP (protobuf), such as `http://collector:4318/v1/traces`. */
  endpoint: z.url({ protocol: /^https?$/ }),
  /** Headers for the collector, such as its key. */
  headers: z.record(z.string(), z.string()).default({}),
  /** Which share of the traces that begin here is kept, from 0 to 1. Traces of clients are kept when they say so. */
  ratio: z.number().min(0).max(1).default(1),
  /** Whether a client's `traceparent` is followed. Without it every request begins a trace of its own. */
  followClients: z.boolean().default(true),
  /** Whether spans carry the text of the operation. Texts may contain what clients wrote into them. */
  documents: z.boolean().default(false),
  serviceName: z.string().min(1).default('gateway'),
  /** How long spans are collected before they are sent. */
  batchMilliseconds: z.number().int().min(1).default(5000),
});
export type TracingConfig = z.infer<typeof tracing>;

/** What the gateway tells of its work. */
export const telemetryConfig = z.strictObject({
  /** An operation that takes longer has a line in the log; 0 for none. */
  slowMilliseconds: z.number().int().min(0).default(1000),
  /** Without it there are no spans, and no cost. */
  tracing: tracing.optional(),
});
export type TelemetryConfig = z.infer<typeof telemetryConfig>;
