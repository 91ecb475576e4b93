import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import {
  cancellable,
  createGraphqlSockets,
  type GraphqlSockets,
  HttpError,
  type Log,
  type SocketExtra,
} from '@colloquy/service';
import { type ExecutionArgs, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { OperationResult as ProtocolResult, ServerOptions, SubscribePayload } from 'graphql-ws';
import type { Callers, Claims } from '../access/claims.ts';
import { onExpiry } from '../access/expiry.ts';
import type { VerifyToken } from '../access/verify-token.ts';
import type { GatewayConfig } from '../config/config.ts';
import type { SchemaRegistry } from '../schema/registry.ts';
import { OperationFailedError } from '../upstream/errors.ts';
import type { OperationResult, RunOperation } from './open-subscription.ts';
import { readDocument } from './read-document.ts';

/** Clients do not try again after 4401, and do after 4403: a token that ran out can be renewed. */
const UNAUTHORIZED = 4401;
const TOKEN_EXPIRED = 4403;
const INTERNAL = 4500;
/** What is under way when the gateway leaves gets this long. */
const FINISH_MILLISECONDS = 3000;

interface Extra extends SocketExtra {
  claims: Claims | null;
  closed: AbortController;
}

/** graphql-transport-ws for clients: queries, mutations and subscriptions on one socket. */
export function createSockets(options: {
  registry: SchemaRegistry;
  run: RunOperation;
  callers: Callers;
  /** Absent: the gateway is open to everyone. */
  verify: VerifyToken | undefined;
  limits: GatewayConfig['limits'];
  log: Log;
}): GraphqlSockets {
  const { registry, run, callers, verify, limits, log } = options;
  /** Queries and mutations, and subscriptions until they are open. */
  const underWay = new Set<Promise<unknown>>();

  async function admit(extra: Extra, params: Readonly<Record<string, unknown>>): Promise<boolean> {
    if (!verify) return true;
    const given = params.authorization ?? params.Authorization ?? extra.request.headers.authorization;
    try {
      extra.claims = await verify(typeof given === 'string' ? given : undefined);
    } catch (error) {
      const refused = error instanceof HttpError && error.status === 401;
      if (!refused) log.error({ err: error }, 'a token could not be verified');
      extra.socket.close(refused ? UNAUTHORIZED : INTERNAL, refused ? 'Unauthorized' : 'Internal server error');
      return false;
    }
    const cancel = onExpiry(extra.claims, () => extra.socket.close(TOKEN_EXPIRED, 'Token expired'));
    extra.socket.once('close', cancel);
    return true;
  }

  async function operate(args: ExecutionArgs): Promise<OperationResult | AsyncGenerator<OperationResult, void, void>> {
    const { payload, extra } = args.contextValue as { payload: SubscribePayload; extra: Extra };
    const context = { requestId: randomUUID(), caller: callers(extra.claims), signal: extra.closed.signal };
    const running = run(payload, context).catch((error: unknown): OperationResult => {
      log.error({ err: error, requestId: context.requestId }, 'operation failed');
      const extensions = { code: 'INTERNAL_SERVER_ERROR', requestId: context.requestId };
      return { errors: [{ message: 'Internal server error', extensions }] };
    });
    underWay.add(running);
    const result = await running.finally(() => underWay.delete(running));
    if (Symbol.asyncIterator in result || result.data !== undefined) return result;
    return refused(result.errors ?? []);
  }

  // Results are formatted already; the protocol's types, and its `toJSON()`, expect those of graphql-js.
  const perform = operate as unknown as (args: ExecutionArgs) => ProtocolResult;
  const protocol: ServerOptions<Record<string, unknown>, Extra> = {
    connectionInitWaitTimeout: limits.connectionInitMilliseconds,
    onConnect: (ctx) => admit(ctx.extra, ctx.connectionParams ?? {}),
    onClose: (ctx) => ctx.extra.closed.abort(),
    onSubscribe(ctx, _id, payload) {
      try {
        const document = readDocument(payload.query, payload.operationName, limits.tokens);
        return {
          schema: registry.current.apiSchema,
          document,
          ...(payload.operationName != null && { operationName: payload.operationName }),
          contextValue: { payload, extra: ctx.extra },
        };
      } catch (error) {
        if (error instanceof GraphQLError) return [error];
        throw error;
      }
    },
    execute: perform,
    subscribe: perform,
    onNext: (_ctx, _id, _payload, _args, result) => result as never,
    onError: (_ctx, _id, _payload, errors) => errors.flatMap(formatted),
  };

  const sockets = createGraphqlSockets<Extra>({
    log,
    maxMessageBytes: limits.bodyBytes,
    extra: (socket) => ({ ...socket, claims: null, closed: new AbortController() }),
    protocol,
  });
  return {
    handleUpgrade: sockets.handleUpgrade,
    async close(deadline) {
      await settled(underWay, AbortSignal.any([deadline, AbortSignal.timeout(FINISH_MILLISECONDS)]));
      await sockets.close(deadline);
    },
  };
}

/** Resolves when the operations are answered, or the limit is reached. */
async function settled(operations: Iterable<Promise<unknown>>, limit: AbortSignal): Promise<void> {
  const reached = new Promise((resolve) => limit.addEventListener('abort', resolve, { once: true }));
  if (!limit.aborted) await Promise.race([Promise.allSettled(operations), reached]);
  // The answers are written in the turns after this one.
  await setImmediate();
}

/** An operation that was refused is answered with the protocol's `error` message, as a stream that broke off is. */
function refused(errors: readonly GraphQLFormattedError[]): AsyncGenerator<never, void, void> {
  return cancellable({ next: () => Promise.reject(new OperationFailedError(errors)) }, () => undefined);
}

/** The protocol wraps what a stream throws into an error of its own. */
function formatted(error: GraphQLError): readonly GraphQLFormattedError[] {
  return error.originalError instanceof OperationFailedError ? error.originalError.errors : [error.toJSON()];
}
