import { createMetrics, Histogram, type Metrics } from '@colloquy/service';

export interface GatewayMetrics extends Metrics {
  /** Seconds per fetch from a subgraph, by `subgraph` and `outcome` (ok, error, unavailable). */
  fetchDuration: Histogram<'subgraph' | 'outcome'>;
}

export function createGatewayMetrics(): GatewayMetrics {
  const metrics = createMetrics('gateway');
  return {
    ...metrics,
    fetchDuration: new Histogram({
      name: 'gateway_fetch_duration_seconds',
      help: 'Time from a request to a subgraph to its complete answer',
      labelNames: ['subgraph', 'outcome'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [metrics.registry],
    }),
  };
}
