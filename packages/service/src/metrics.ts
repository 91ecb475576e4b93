import { createServer } from 'node:http';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type HttpListener, listen } from './http/listener.ts';

/** For the metrics of a service's own: made with `registers: [metrics.registry]`. */
export { Counter, Gauge, Histogram } from 'prom-client';

export interface Metrics {
  registry: Registry;
  /** Seconds per operation, by `type` (query, mutation, subscription, invalid) and `outcome` (ok, error). */
  operationDuration: Histogram<'type' | 'outcome'>;
  openSubscriptions: Gauge;
}

/** The metrics of one server: those of its process, and of the GraphQL operations that it answers. */
export function createMetrics(name: string): Metrics {
  const openMetrics = new Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>();
  openMetrics.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  // The type of a registry names its content type; metrics accept the default one only, and work with either.
  const registry = openMetrics as unknown as Registry;
  registry.setDefaultLabels({ service: name });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    operationDuration: new Histogram({
      name: 'graphql_operation_duration_seconds',
      help: 'Time from the arrival of an operation to its complete answer',
      labelNames: ['type', 'outcome'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    openSubscriptions: new Gauge({ name: 'graphql_open_subscriptions', help: 'Subscriptions being served', registers }),
  };
}

/** `GET /metrics` on a port of its own, away from the clients' door. Port 0 takes a free one. */
export async function serveMetrics(metrics: Metrics, address: { host: string; port: number }): Promise<HttpListener> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  return listen(server, address);
}
