import { setMaxListeners } from 'node:events';
import type { GraphqlSockets, Log } from '@colloquy/service';
import type { Callers } from '../access/claims.ts';
import type { VerifyToken } from '../access/verify-token.ts';
import type { GatewayConfig } from '../config/config.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import type { FetchFor } from '../operation/fetch-for.ts';
import type { OperationContext } from '../operation/operation.ts';
import type { OperationPath } from '../operation/operation-path.ts';
import type { Step } from '../request/exchange.ts';
import type { SchemaRegistry } from '../schema/registry.ts';
import type { Subgraphs } from '../upstream/subgraphs.ts';
import { createAdmission } from './admission.ts';
import { Hub } from './hub/hub.ts';
import { createMover } from './hub/move-all.ts';
import { createOpenSource } from './hub/open-source.ts';
import { createOperate, createPrepareAgain } from './operate.ts';
import { createPrepareSubscription } from './prepare-subscription.ts';
import { answerStream } from './sse/answer-stream.ts';
import { createAdmit } from './websocket/admit.ts';
import { createSockets } from './websocket/sockets.ts';

export interface Subscriptions {
  sockets: GraphqlSockets;
  answerStream: Step;
  /** Cuts streams and closes sockets, which are told to come back elsewhere. */
  close(deadline: AbortSignal): Promise<void>;
}

/** Whatever carries many answers to one client: its parts, put together. */
export function createSubscriptions(
  { subscriptions: config, limits }: GatewayConfig,
  parts: {
    path: OperationPath;
    fetchFor: FetchFor;
    subgraphs: Subgraphs;
    registry: SchemaRegistry;
    callers: Callers;
    verify: VerifyToken | undefined;
    telemetry: Telemetry;
    log: Log;
  },
): Subscriptions {
  const { path, subgraphs, callers, telemetry, log } = parts;
  const hub = new Hub({
    config,
    openSource: createOpenSource({
      subgraphs,
      maxEventBytes: limits.answerBytes,
      pingMilliseconds: config.upstreamPingMilliseconds,
      log,
    }),
    callers,
    forwarded: (context) => forwardedHeaders(subgraphs, context),
    telemetry,
    log,
  });
  const prepare = createPrepareSubscription(parts);
  const operate = createOperate({ path, prepare, hub });
  const mover = createMover({
    hub,
    prepare: createPrepareAgain(path, prepare),
    spreadMilliseconds: config.moveMilliseconds,
    log,
  });
  const unfollow = parts.registry.subscribe((generation) => mover.follow(generation));

  const admission = createAdmission(config.clients);
  const { operationsPerSocket, pingMilliseconds, idleMilliseconds } = config.clients;
  const sockets = createSockets({
    admit: createAdmit(parts.verify),
    operate,
    callers,
    operationsPerSocket,
    underWay: new Set(),
    rules: { initMilliseconds: limits.connectionInitMilliseconds, pingMilliseconds, idleMilliseconds },
    maxMessageBytes: limits.bodyBytes,
    admission,
    telemetry,
    log,
  });
  const leaving = new AbortController();
  // Each stream listens.
  setMaxListeners(0, leaving.signal);
  return {
    sockets,
    answerStream: answerStream({
      operate,
      callers,
      bodyBytes: limits.bodyBytes,
      admission,
      leaving: leaving.signal,
      log,
    }),
    async close(deadline) {
      unfollow();
      mover.stop();
      leaving.abort();
      await sockets.close(deadline);
    },
  };
}

/** Headers of one request, which say nothing of who asks or for what. */
const OF_ONE_REQUEST = ['x-request-id', 'traceparent', 'tracestate', 'baggage'];

/** What of a client's headers reaches any subgraph, since it may decide what that answers. */
function forwardedHeaders(subgraphs: Subgraphs, { headers }: OperationContext): string {
  const ofClient = { ...headers };
  for (const name of OF_ONE_REQUEST) delete ofClient[name];
  return JSON.stringify(subgraphs.all().map((subgraph) => subgraph.headers(ofClient, {})));
}
