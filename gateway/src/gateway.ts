import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { ServiceMap } from '@apollo/gateway';
import {
  createIdentitySigner,
  createLifecycle,
  drainOnSignals,
  type Log,
  listen,
  serveMetrics,
} from '@colloquy/service';
import { createCallers } from './access/claims.ts';
import { createHosts } from './access/hosts.ts';
import { createTokenVerifier } from './access/verify-token.ts';
import type { GatewayConfig } from './config/config.ts';
import { createDataSource } from './execution/data-source.ts';
import { createFederation } from './execution/executor.ts';
import { createApollo, createStreamRunner } from './execution/operations.ts';
import { createExplorer } from './explorer/explorer.ts';
import { createGatewayMetrics } from './operations/metrics.ts';
import { createReadiness } from './operations/readiness.ts';
import { allowOrigins } from './request/allow-origins.ts';
import { answerHealth } from './request/answer-health.ts';
import { answerOperation } from './request/answer-operation.ts';
import { authenticate } from './request/authenticate.ts';
import { checkHost } from './request/check-host.ts';
import { createRequestPath } from './request/request-path.ts';
import { createUpgradePath } from './request/upgrade-path.ts';
import { buildGeneration } from './schema/generation.ts';
import { createSchemaRegistry } from './schema/registry.ts';
import { watchSupergraph } from './schema/watch.ts';
import { answerStream } from './subscriptions/answer-stream.ts';
import { createOpenSubscription } from './subscriptions/open-subscription.ts';
import { createSockets } from './subscriptions/sockets.ts';
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
  const metrics = createGatewayMetrics();
  const hosts = createHosts(config.host, config.allowedHosts, config.cors.origins);
  const verify = config.jwt && createTokenVerifier(config.jwt);
  const callers = createCallers(
    config.identity && { signer: createIdentitySigner(config.identity.secret), header: config.identity.header },
  );

  const registry = createSchemaRegistry(buildGeneration(await readFile(config.supergraph, 'utf8')));
  const subgraphs = createSubgraphs(config, log);
  let services: ServiceMap = {};
  const unfollow = registry.subscribe((generation) => {
    subgraphs.follow(generation);
    services = Object.fromEntries(
      generation.subgraphs.map(({ name }) => [
        name,
        createDataSource(() => subgraphs.get(name), metrics.fetchDuration, log),
      ]),
    );
  });
  const serviceMap = () => services;

  const openSubscription = createOpenSubscription({
    subgraphs,
    serviceMap,
    callers,
    maxEventBytes: limits.answerBytes,
    log,
    metrics,
  });
  const federation = createFederation({ registry, serviceMap, openSubscription });
  const apollo = createApollo({ federation, limits, production, log, metrics });
  await apollo.start();
  const run = createStreamRunner(apollo);
  const sockets = createSockets({ registry, run, callers, verify, limits, log });
  const leaving = new AbortController();

  const steps = [
    checkHost(hosts),
    allowOrigins(config.cors.origins),
    answerHealth(createReadiness(subgraphs, config.readiness.required), lifecycle),
    await createExplorer(config, { production }),
    authenticate(verify),
    passThrough({ routes: config.routes, subgraphs, callers }),
    answerStream({ run, callers, limits, leaving: leaving.signal, log }),
    answerOperation(apollo, { callers, bodyBytes: limits.bodyBytes }),
  ];
  // An upload may take hours, so there is no limit for a whole request; heads and GraphQL bodies have their own.
  const server = createServer(
    { requestTimeout: 0, headersTimeout: 30_000, keepAliveTimeout: 65_000 },
    createRequestPath(steps, log),
  );
  server.on('upgrade', createUpgradePath({ sockets, hosts, lifecycle, open: verify === undefined }));

  const door = await listen(server, config);
  const metricsDoor = await serveMetrics(metrics, { host: config.host, port: config.metricsPort });
  const unwatch = watchSupergraph(config.supergraph, registry, log);
  const ignoreSignals = drainOnSignals(lifecycle, log);
  lifecycle.serve([
    { name: 'watch', run: unwatch },
    {
      name: 'clients',
      run: async (deadline) => {
        const closed = door.close(deadline);
        leaving.abort();
        await Promise.all([closed, sockets.close(deadline)]);
      },
    },
    { name: 'graphql', run: () => apollo.stop() },
    { name: 'subgraphs', run: () => subgraphs.close() },
    { name: 'schema', run: () => void unfollow() },
    { name: 'metrics', run: (deadline) => metricsDoor.close(deadline) },
    { name: 'signals', run: ignoreSignals },
  ]);
  const running = { url: door.url, metricsUrl: `${metricsDoor.url}/metrics`, close: () => lifecycle.drain() };
  log.info({ url: running.url, metricsUrl: running.metricsUrl, schema: registry.current.id }, 'listening');
  return running;
}
