import { randomUUID } from 'node:crypto';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Identity, IdentitySigner } from '../identity.ts';
import type { Log } from '../log.ts';
import { maskError, maskResult } from '../mask-errors.ts';
import type { Metrics } from '../metrics.ts';
import { cancellable } from '../websocket/cancellable.ts';
import { createGraphqlSockets, type GraphqlSockets, type SocketExtra } from '../websocket/graphql-sockets.ts';
import { subscribeWithContextPerEvent } from './subscribe.ts';

const MAX_MESSAGE_BYTES = 1024 * 1024;
const UNAUTHORIZED = 4401;

interface Extra extends SocketExtra {
  identity?: Identity;
}

export interface OperationRequest {
  identity: Identity;
  requestId: string;
  signal: AbortSignal;
}

/** Subscriptions over graphql-transport-ws, for the gateway alone: `connection_init` carries the signed identity. */
export function createSubscriptions(options: {
  schema: GraphQLSchema;
  signer: IdentitySigner;
  log: Log;
  metrics: Metrics;
  context(request: OperationRequest): object | Promise<object>;
}): GraphqlSockets {
  const { schema, signer, log, metrics } = options;

  async function open(
    args: ExecutionArgs,
    identity: Identity,
  ): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
    const controller = new AbortController();
    const request = { identity, requestId: randomUUID(), signal: controller.signal };
    const stream = await subscribeWithContextPerEvent(args, () => options.context(request));
    if (!(Symbol.asyncIterator in stream)) return mask(stream);
    metrics.openSubscriptions.inc();
    return cancellable(masked(stream, request.requestId), () => {
      metrics.openSubscriptions.dec();
      controller.abort();
    });

    function mask(result: ExecutionResult): ExecutionResult {
      return maskResult(result, { log, requestId: request.requestId }) as ExecutionResult;
    }
  }

  async function* masked(
    stream: AsyncGenerator<ExecutionResult, void, void>,
    requestId: string,
  ): AsyncGenerator<ExecutionResult, void, void> {
    try {
      for await (const result of stream) yield maskResult(result, { log, requestId }) as ExecutionResult;
    } catch (error) {
      const raised = error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
      const { message, extensions } = maskError(raised.toJSON(), raised, { log, requestId });
      throw new GraphQLError(message, { extensions: extensions ?? null });
    }
  }

  return createGraphqlSockets<Extra>({
    log,
    maxMessageBytes: MAX_MESSAGE_BYTES,
    extra: (socket) => ({ ...socket }),
    protocol: {
      async onConnect(ctx) {
        try {
          ctx.extra.identity = await signer.verify(String(ctx.connectionParams?.identity));
        } catch (error) {
          log.debug({ err: error }, 'a socket without a valid identity');
          ctx.extra.socket.close(UNAUTHORIZED, 'Unauthorized');
          return false;
        }
        return true;
      },
      onSubscribe: (_ctx, _id, payload) => readSubscription(schema, payload),
      context: (ctx) => ctx.extra,
      subscribe: (args) => {
        const { identity } = args.contextValue as Extra;
        if (!identity) throw new Error('A subscription on a socket that was never acknowledged.');
        return open(args, identity);
      },
      onNext: (_ctx, _id, _payload, _args, result) => result as never,
      onError: (_ctx, _id, _payload, errors) => errors.map(unwrapped),
    },
  });
}

/** graphql-ws wraps what a stream throws; the error inside has the code. */
function unwrapped(error: GraphQLError) {
  return (error.originalError instanceof GraphQLError ? error.originalError : error).toJSON();
}

function readSubscription(schema: GraphQLSchema, payload: SubscribePayload): ExecutionArgs | readonly GraphQLError[] {
  const document = parsed(payload.query);
  if (document instanceof GraphQLError) return [document];
  const errors = validate(schema, document);
  if (errors.length > 0) return errors;
  const operation = getOperationAST(document, payload.operationName);
  if (operation?.operation !== 'subscription') return [new GraphQLError('Only subscriptions are served here.')];
  return {
    schema,
    document,
    ...(payload.operationName != null && { operationName: payload.operationName }),
    ...(payload.variables != null && { variableValues: payload.variables }),
  };
}

function parsed(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens: 10_000 });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}
