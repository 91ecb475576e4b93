import type { Log, Metrics } from '@colloquy/service';
import type { TelemetryConfig } from '../config/telemetry.ts';
import { createCounts } from './metrics/counts.ts';
import { createDurations } from './metrics/durations.ts';
import { createTrustedOperations } from './metrics/trusted-operations.ts';
import { RunningOperation, type Sinks } from './operation-record.ts';
import type { Telemetry } from './telemetry.ts';
import type { Tracing } from './tracing/tracing.ts';

/** The gateway's telemetry, and the tracing that the request path begins, where it is on. */
export interface GatewayTelemetry extends Telemetry {
  readonly tracing: Tracing | undefined;
}

/** Without tracing in the configuration none of its code is loaded. `report` is told of each operation that ended. */
export async function createTelemetry(
  config: TelemetryConfig,
  options: { metrics: Metrics; log: Log; report?: Sinks['report'] | undefined },
): Promise<GatewayTelemetry> {
  const { metrics, log, report } = options;
  const counts = createCounts(metrics);
  const sinks: Sinks = {
    counts,
    durations: createDurations(metrics),
    log,
    slowMilliseconds: config.slowMilliseconds,
    countTrusted: createTrustedOperations(metrics),
    ...(report && { report }),
  };
  const tracing = config.tracing && (await import('./tracing/tracing.ts')).createTracing(config.tracing, log);

  return {
    tracing,
    beginOperation({ requestId, trace, headers }) {
      const now = performance.now();
      counts.operationsInFlight++;
      const spans = tracing?.beginOperation(trace ?? tracing.contextOf(headers), requestId, now);
      return new RunningOperation(sinks, requestId, now, spans);
    },
    beginEvent(opening) {
      const now = performance.now();
      const before = opening instanceof RunningOperation ? opening : undefined;
      return new RunningOperation(sinks, before?.requestId, now, tracing?.beginEvent(before?.spans, now));
    },
    lookup(cache, hit) {
      (hit ? counts.hits : counts.misses)[cache]++;
    },
    sharedFetch(subgraph) {
      counts.sharedFetches.set(subgraph, (counts.sharedFetches.get(subgraph) ?? 0) + 1);
    },
    opened(what) {
      counts.held[what]++;
      if (what === 'subscriptions') metrics.openSubscriptions.inc();
    },
    closed(what) {
      counts.held[what]--;
      if (what === 'subscriptions') metrics.openSubscriptions.dec();
    },
    schemaActive(id) {
      counts.schema = id;
      counts.schemaLoads.active++;
    },
    schemaRefused() {
      counts.schemaLoads.refused++;
    },
    watchBreakers(read) {
      counts.readBreakers = read;
    },
    async close() {
      await tracing?.close();
    },
  };
}
