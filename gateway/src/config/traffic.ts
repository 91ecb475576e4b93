import { z } from 'zod';

const milliseconds = z.number().int().min(1);
const connections = z.number().int().min(1);
const retries = z.number().int().min(0).max(10);
const failures = z.number().int().min(0);

/** How requests go to subgraphs. docs/gateway/traffic.md explains every setting. */
export const traffic = z.strictObject({
  /** For one fetch with all its attempts. */
  timeoutMilliseconds: milliseconds.default(5000),
  /** To one subgraph at a time; further fetches wait. */
  connections: connections.default(128),
  retry: z
    .strictObject({
      /** Further attempts of a query whose connection failed or that was answered with 502, 503 or 504; 0: none. */
      retries: retries.default(1),
      /** The wait before the first of them, on average; it doubles from one to the next. */
      backoffMilliseconds: milliseconds.default(50),
    })
    .prefault({}),
  breaker: z
    .strictObject({
      /** Failures in a row after which the subgraph is left alone; 0: never. */
      failures: failures.default(10),
      /** How long, before one request may try it again. */
      openMilliseconds: milliseconds.default(2000),
    })
    .prefault({}),
  /** Whether identical queries that are under way at the same time share one request. */
  deduplicate: z.boolean().default(false),
});
export type TrafficConfig = z.infer<typeof traffic>;

/** What one subgraph has otherwise. */
export const subgraphTraffic = z
  .strictObject({
    timeoutMilliseconds: milliseconds,
    connections,
    retry: z.strictObject({ retries, backoffMilliseconds: milliseconds }).partial(),
    breaker: z.strictObject({ failures, openMilliseconds: milliseconds }).partial(),
    deduplicate: z.boolean(),
  })
  .partial();
export type SubgraphTrafficConfig = z.infer<typeof subgraphTraffic>;

/** The settings of one subgraph: its own ones over those of all. */
export function trafficOf(all: TrafficConfig, own: SubgraphTrafficConfig = {}): TrafficConfig {
  return {
    timeoutMilliseconds: own.timeoutMilliseconds ?? all.timeoutMilliseconds,
    connections: own.connections ?? all.connections,
    retry: {
      retries: own.retry?.retries ?? all.retry.retries,
      backoffMilliseconds: own.retry?.backoffMilliseconds ?? all.retry.backoffMilliseconds,
    },
    breaker: {
      failures: own.breaker?.failures ?? all.breaker.failures,
      openMilliseconds: own.breaker?.openMilliseconds ?? all.breaker.openMilliseconds,
    },
    deduplicate: own.deduplicate ?? all.deduplicate,
  };
}
