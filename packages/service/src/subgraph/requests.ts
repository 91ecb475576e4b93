import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApolloServer, BaseContext } from '@apollo/server';
import { type PartHealth, readReadiness } from '../health.ts';
import { answerGraphql } from '../http/apollo-handler.ts';
import { HttpError } from '../http/http-error.ts';
import { readJson } from '../http/read-json.ts';
import { requestIdOf } from '../http/request-id.ts';
import { linger, respondError, respondJson } from '../http/respond.ts';
import type { Identity, IdentitySigner } from '../identity.ts';
import type { Lifecycle } from '../lifecycle.ts';
import type { Log } from '../log.ts';
import { authenticate } from './authenticate.ts';
import type { OperationRequest } from './subscriptions.ts';

/** 1,000 representations with room to spare. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Plain HTTP beside GraphQL. The identity is verified before `handle` runs; what it throws is answered, masked. */
export interface HttpRoute {
  method: string;
  /** Such as `/uploads/`. */
  prefix: string;
  handle(
    request: IncomingMessage,
    response: ServerResponse,
    context: { identity: Identity; requestId: string; log: Log },
  ): Promise<void>;
}

export interface SubgraphDoor<Context extends BaseContext> {
  apollo: ApolloServer<Context>;
  signer: IdentitySigner;
  lifecycle: Lifecycle;
  log: Log;
  routes: readonly HttpRoute[];
  requiredParts: readonly string[];
  health(): Promise<PartHealth[]>;
  context(request: OperationRequest): Context | Promise<Context>;
}

/** Answers every HTTP request of a subgraph: health to anyone, all else to the gateway alone. */
export function createRequestHandler<Context extends BaseContext>(
  door: SubgraphDoor<Context>,
): (request: IncomingMessage, response: ServerResponse) => void {
  async function answer(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/health/live') return respondJson(response, 200, { state: 'live' });
    if (pathname === '/health/ready') return await answerReadiness(response);
    const identity = await authenticate(request, door.signer);
    if (pathname === '/graphql') return await answerOperation(request, response, identity, requestId);
    const route = door.routes.find(({ method, prefix }) => method === request.method && pathname.startsWith(prefix));
    if (!route) throw new HttpError(404, 'NOT_FOUND', 'There is nothing at this address.');
    const log = door.log.child({ requestId, route: route.prefix });
    await route.handle(request, response, { identity, requestId, log });
    linger(request);
  }

  async function answerReadiness(response: ServerResponse): Promise<void> {
    const { ready, parts } = await readReadiness(door.health, door.requiredParts);
    const phase = door.lifecycle.state.phase;
    respondJson(response, ready && phase === 'serving' ? 200 : 503, { ready, phase, parts });
  }

  async function answerOperation(
    request: IncomingMessage,
    response: ServerResponse,
    identity: Identity,
    requestId: string,
  ): Promise<void> {
    const controller = new AbortController();
    response.once('close', () => controller.abort());
    const body = await readJson(request, MAX_BODY_BYTES);
    await answerGraphql(door.apollo, { request, response, body, requestId }, async () =>
      door.context({ identity, requestId, signal: controller.signal }),
    );
  }

  return (request, response) => {
    const requestId = requestIdOf(request);
    answer(request, response, requestId).catch((error: unknown) =>
      respondError(request, response, error, { log: door.log, requestId }),
    );
  };
}
