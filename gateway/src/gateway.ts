import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import {
  createIdentitySigner,
  createLifecycle,
  createMetrics,
  drainOnSignals,
  type Log,
  listen,
  serveMetrics,
} from '@colloquy/service';
import { createCallers } from './access/claims.ts';
import { authoriseOperation } from './access/directives/authorise-operation.ts';
import { createHosts } from './access/hosts.ts';
import { createTokenVerifier } from './access/verify-token.ts';
import { createAnswerCache } from './cache/answer-cache.ts';
import type { GatewayConfig } from './config/config.ts';
import { createCostHistogram } from './cost/cost-histogram.ts';
import { limitCost } from './cost/limit-cost.ts';
import { createExplorer } from './explorer/explorer.ts';
import { createTelemetry } from './observability/create-telemetry.ts';
import { createFetchFor } from './operation/fetch-for.ts';
import { createOperationPath } from './operation/operation-path.ts';
import { prepareOperation } from './operation/prepare.ts';
import { checkMethod, readVariables } from './operation/read-variables.ts';
import { planOperation, runPlan } from './operation/run-plan.ts';
import { warm } from './operation/warm.ts';
import { createReadiness } from './operations/readiness.ts';
import { createPersistedOperations } from './persisted/persisted-operations.ts';
import { allowOrigins } from './request/allow-origins.ts';
import { answerHealth } from './request/answer-health.ts';
import { answerOperation } from './request/answer-operation.ts';
import { authenticate } from './request/authenticate.ts';
import { checkHost } from './request/check-host.ts';
import { createRequestPath } from './request/request-path.ts';
import { traceRequests } from './request/trace-requests.ts';
import { createUpgradePath } from './request/upgrade-path.ts';
import { buildGeneration } from './schema/generation.ts';
import { createSchemaRegistry } from './schema/registry.ts';
import { watchSupergraph } from './schema/watch.ts';
import { createRedisStores } from './storage/stores.ts';
import { createStudio } from './studio/studio.ts';
import { createSubscriptions } from './subscriptions/subscriptions.ts';
import { passThrough } from './uploads/pass-through.ts';
import { createSubgraphs } from './upstream/subgraphs.ts';

export interface RunningGateway {
  /** Such as `http://127.0.0.1:4000`; GraphQL is at `/graphql` below it. */
  url: string;
  /** Where `GET /metrics` answers. */
  metricsUrl: string;
  /** Drains: finishes what is under way and lets go of everything. May be called more than once. */
  close(): Promise<void>;
}

/**
 * Serves a supergraph until SIGTERM, SIGINT or `close()`. Rejects when the supergraph cannot be served or the port is
 * taken.
 */
export async function startGateway(
  config: GatewayConfig,
  { log, production }: { log: Log; production: boolean },
): Promise<RunningGateway> {
  const { limits } = config;
  const lifecycle = createLifecycle(log);
  const metrics = createMetrics('gateway');
  const studio = await createStudio(config.studio, log);
  const telemetry = await createTelemetry(config.telemetry, { metrics, log, report: studio?.report });
  const hosts = createHosts(config.host, config.allowedHosts, config.cors.origins);
  const verify = config.jwt && createTokenVerifier(config.jwt, config.access);
  const callers = createCallers(
    config.identity && { signer: createIdentitySigner(config.identity.secret), header: config.identity.header },
  );

  const registry = createSchemaRegistry(buildGeneration(await readFile(config.supergraph, 'utf8')));
  const subgraphs = createSubgraphs(config, { log, shared: (name) => telemetry.sharedFetch(name) });
  const unfollow = registry.subscribe((generation) => {
    subgraphs.follow(generation);
    telemetry.schemaActive(generation.id);
    studio?.schemaActive(generation.apiSchema);
  });
  telemetry.watchBreakers(() => subgraphs.all().map(({ name, breaker }) => ({ subgraph: name, state: breaker.state })));
  const fetchFor = createFetchFor(subgraphs);
  const { introspection = !production, suggestions = !production } = config.schema;

  const redis = createRedisStores(config.redis, { log, metrics });
  const persisted = await createPersistedOperations(config.persisted, { redis, log, telemetry });
  const answers = createAnswerCache(config.cache, { redis, headers: config.headers, log, telemetry });

  const path = createOperationPath({
    steps: [
      persisted.findText,
      prepareOperation({ limits, introspection, suggestions, lookup: (hit) => telemetry.lookup('documents', hit) }),
      ...persisted.keepText,
      checkMethod,
      readVariables,
      authoriseOperation(config.access),
      ...(config.cost ? [limitCost(config.cost, { observe: createCostHistogram(metrics), log })] : []),
      ...answers.read,
    ],
    plan: (operation) => planOperation(operation, { log, lookup: (hit) => telemetry.lookup('plans', hit) }),
    run: (operation, plan) => runPlan(operation, plan, { fetchFor, log }),
    keep: answers.keep,
    current: () => registry.current,
    telemetry,
    log,
  });
  const subscriptions = createSubscriptions(config, {
    path,
    fetchFor,
    subgraphs,
    registry,
    callers,
    verify,
    telemetry,
    log,
  });

  const steps = [
    ...(telemetry.tracing ? [traceRequests(telemetry.tracing)] : []),
    checkHost(hosts),
    allowOrigins(config.cors.origins),
    answerHealth(createReadiness(subgraphs, config.readiness.required), lifecycle),
    await createExplorer(config, { production }),
    ...answers.requests,
    authenticate(verify),
    passThrough({ routes: config.routes, subgraphs, callers }),
    subscriptions.answerStream,
    answerOperation(path, { callers, bodyBytes: limits.bodyBytes, csrfPrevention: config.csrfPrevention }),
  ];
  // An upload may take hours, so there is no limit for a whole request; heads and GraphQL bodies have their own.
  const server = createServer(
    { requestTimeout: 0, headersTimeout: 30_000, keepAliveTimeout: 65_000 },
    createRequestPath(steps, log),
  );
  server.on(
    'upgrade',
    createUpgradePath({
      sockets: subscriptions.sockets,
      hosts,
      lifecycle,
      open: verify === undefined || config.access.allowAnonymous,
    }),
  );

  const door = await listen(server, config);
  const metricsDoor = await serveMetrics(metrics, { host: config.host, port: config.metricsPort });
  const unwatch = watchSupergraph(config.supergraph, registry, { warm, telemetry, log });
  const ignoreSignals = drainOnSignals(lifecycle, log);
  lifecycle.serve([
    { name: 'watch', run: unwatch },
    {
      name: 'clients',
      run: async (deadline) => {
        const closed = door.close(deadline);
        await Promise.all([closed, subscriptions.close(deadline)]);
      },
    },
    { name: 'subgraphs', run: () => subgraphs.close() },
    { name: 'persisted operations', run: persisted.close },
    { name: 'redis', run: () => redis.close() },
    { name: 'schema', run: () => void unfollow() },
    { name: 'telemetry', run: () => Promise.all([studio?.close(), telemetry.close()]).then(() => {}) },
    { name: 'metrics', run: (deadline) => metricsDoor.close(deadline) },
    { name: 'signals', run: ignoreSignals },
  ]);
  const running = { url: door.url, metricsUrl: `${metricsDoor.url}/metrics`, close: () => lifecycle.drain() };
  log.info({ url: running.url, metricsUrl: running.metricsUrl, schema: registry.current.id }, 'listening');
  return running;
}
