import { createServer } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { PartHealth } from './health.ts';
import { listen } from './http/listener.ts';
import { createIdentitySigner } from './identity.ts';
import { createLifecycle, type DrainStep } from './lifecycle.ts';
import type { Log } from './log.ts';
import { createMetrics, type Metrics, serveMetrics } from './metrics.ts';
import { createApollo } from './subgraph/apollo.ts';
import { createRequestHandler, type HttpRoute } from './subgraph/requests.ts';
import { createSubscriptions, type OperationRequest } from './subgraph/subscriptions.ts';
import { drainOnSignals } from './termination.ts';

export type { HttpRoute } from './subgraph/requests.ts';

export interface RunningService {
  /** Such as `http://127.0.0.1:4001`; GraphQL is at `/graphql` below it. */
  url: string;
  /** Where `GET /metrics` answers, such as `http://127.0.0.1:4002/metrics`. */
  metricsUrl: string;
  /** Drains: finishes what is under way and lets go of everything. May be called more than once. */
  close(): Promise<void>;
}

export interface SubgraphOptions<Context extends object> {
  name: string;
  environment: {
    HOST: string;
    PORT: number;
    METRICS_PORT: number;
    IDENTITY_SECRET: string;
    NODE_ENV?: 'development' | 'test' | 'production';
  };
  log: Log;
  schema: GraphQLSchema;
  /**
   * Made once per operation, and for a subscription once more for each of its events, so loaders in it never serve
   * stale rows. `signal` fires when the caller is gone.
   */
  context(request: OperationRequest): Context | Promise<Context>;
  health(): Promise<PartHealth[]>;
  /** Readiness is 503 while one of these parts has failed. */
  requiredParts?: readonly string[];
  routes?: readonly HttpRoute[];
  /** Serves graphql-transport-ws on `/graphql`. */
  subscriptions?: boolean;
  /** Extends the metrics that the service exposes with its own. */
  metrics?: Metrics;
  /** Runs last in the drain: close stores here. */
  onDrain?(): Promise<void>;
}

/**
 * Serves a subgraph over HTTP (and WebSocket) until SIGTERM, SIGINT or `close()`. Rejects when it cannot listen.
 * `POST /graphql` and the routes answer the gateway's signed identity alone; `/health/live` and `/health/ready` anyone.
 */
export async function serveSubgraph<Context extends object>(
  options: SubgraphOptions<Context>,
): Promise<RunningService> {
  const { name, environment, log, schema, context } = options;
  const signer = createIdentitySigner(environment.IDENTITY_SECRET);
  const metrics = options.metrics ?? createMetrics(name);
  const lifecycle = createLifecycle(log);
  const production = environment.NODE_ENV === 'production';
  const apollo = createApollo<Context>({ schema, production, log, metrics });
  await apollo.start();

  const handler = createRequestHandler<Context>({
    apollo,
    signer,
    lifecycle,
    log,
    context,
    routes: options.routes ?? [],
    requiredParts: options.requiredParts ?? [],
    health: () => options.health(),
  });
  // An upload may take hours, so there is no limit for a whole request; heads and GraphQL bodies have their own.
  const server = createServer({ requestTimeout: 0, headersTimeout: 30_000, keepAliveTimeout: 65_000 }, handler);
  const sockets = options.subscriptions ? createSubscriptions({ schema, signer, log, metrics, context }) : undefined;
  server.on('upgrade', (request, socket, head) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (sockets && pathname === '/graphql' && !lifecycle.leaving) sockets.handleUpgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });

  const door = await listen(server, { host: environment.HOST, port: environment.PORT });
  const metricsDoor = await serveMetrics(metrics, { host: environment.HOST, port: environment.METRICS_PORT });
  const stopListening = drainOnSignals(lifecycle, log);
  const steps: DrainStep[] = [
    {
      name: 'clients',
      run: async (deadline) => {
        await Promise.all([door.close(deadline), sockets?.close(deadline)]);
      },
    },
    { name: 'graphql', run: () => apollo.stop() },
    { name: 'stores', run: () => options.onDrain?.() },
    { name: 'metrics', run: (deadline) => metricsDoor.close(deadline) },
    { name: 'signals', run: stopListening },
  ];
  lifecycle.serve(steps);
  const running = { url: door.url, metricsUrl: `${metricsDoor.url}/metrics`, close: () => lifecycle.drain() };
  log.info({ url: running.url, metricsUrl: running.metricsUrl }, 'listening');
  return running;
}
