import { HttpError, type Log, readJson } from '@colloquy/service';
import { GraphQLError, getOperationAST, OperationTypeNode } from 'graphql';
import { z } from 'zod';
import type { Callers } from '../access/claims.ts';
import { onExpiry } from '../access/expiry.ts';
import type { OperationRequest } from '../operation/operation.ts';
import type { Exchange, Step } from '../request/exchange.ts';
import { OperationFailedError } from '../upstream/errors.ts';
import { createEventWriter, type EventWriter } from './event-writer.ts';
import type { OperationResult, RunOperation } from './open-subscription.ts';
import { readDocument } from './read-document.ts';

const json = z.record(z.string(), z.unknown()).nullish();
const operationRequest = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: json,
  extensions: json,
});

/** Any operation with `accept: text/event-stream`: the distinct connections mode of the GraphQL over SSE protocol. */
export function answerStream(options: {
  run: RunOperation;
  callers: Callers;
  limits: { bodyBytes: number; tokens: number };
  /** Fires when the gateway leaves; streams are then cut, so that clients subscribe again elsewhere. */
  leaving: AbortSignal;
  log: Log;
}): Step {
  const { run, callers, limits, leaving, log } = options;

  return async (exchange) => {
    const { url, request, response, claims } = exchange;
    if (url.pathname !== '/graphql' || !accepts(request.headers.accept)) return false;
    const operation = await readRequest(exchange, limits.bodyBytes);
    const writer = createEventWriter(response);
    const cut = () => response.destroy();
    leaving.addEventListener('abort', cut, { once: true });
    if (leaving.aborted) cut();
    const cancelExpiry = onExpiry(claims, () => void writer.next(expired).then(() => writer.complete()));
    try {
      await deliver(operation, exchange, writer);
      writer.complete();
    } finally {
      cancelExpiry();
      leaving.removeEventListener('abort', cut);
    }
    return true;
  };

  async function deliver(operation: OperationRequest, exchange: Exchange, writer: EventWriter): Promise<void> {
    const { request, requestId, signal, claims } = exchange;
    try {
      check(operation, request.method);
      const result = await run(operation, { requestId, caller: callers(claims), signal });
      if (!(Symbol.asyncIterator in result)) return await writer.next(result);
      const leave = () => void result.return();
      signal.addEventListener('abort', leave, { once: true });
      if (signal.aborted) leave();
      for await (const event of result) await writer.next(event);
    } catch (error) {
      await writer.next({ errors: errorsOf(error, requestId) });
    }
  }

  function check({ query, operationName }: OperationRequest, method: string | undefined): void {
    const document = readDocument(query ?? '', operationName, limits.tokens);
    const kind = getOperationAST(document, operationName)?.operation;
    if (method === 'GET' && kind === OperationTypeNode.MUTATION) {
      throw new GraphQLError('A mutation needs POST.', { extensions: { code: 'BAD_REQUEST' } });
    }
  }

  function errorsOf(error: unknown, requestId: string): NonNullable<OperationResult['errors']> {
    if (error instanceof OperationFailedError) return error.errors;
    if (error instanceof GraphQLError) return [error.toJSON()];
    log.error({ err: error, requestId }, 'operation failed');
    return [{ message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } }];
  }
}

const expired: OperationResult = {
  errors: [{ message: 'The token has expired.', extensions: { code: 'UNAUTHENTICATED' } }],
};

function accepts(accept: string | undefined): boolean {
  return accept?.split(',').some((type) => type.split(';')[0]?.trim().toLowerCase() === 'text/event-stream') ?? false;
}

async function readRequest({ request, url }: Exchange, bodyBytes: number): Promise<OperationRequest> {
  const raw = request.method === 'POST' ? await readJson(request, bodyBytes) : readSearch(url.searchParams);
  const { success, data } = operationRequest.safeParse(raw);
  if (success) return data;
  throw new HttpError(400, 'BAD_REQUEST', 'Expected a GraphQL request: a JSON object with at least `query`.');
}

function readSearch(search: URLSearchParams): unknown {
  try {
    const read = (name: string) => JSON.parse(search.get(name) ?? 'null') as unknown;
    return {
      query: search.get('query'),
      operationName: search.get('operationName'),
      variables: read('variables'),
      extensions: read('extensions'),
    };
  } catch {
    throw new HttpError(400, 'BAD_REQUEST', '`variables` and `extensions` must be JSON.');
  }
}
