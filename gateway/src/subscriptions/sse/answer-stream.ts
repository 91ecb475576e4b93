import { HttpError, type Log, maskError } from '@colloquy/service';
import type { GraphQLFormattedError } from 'graphql';
import type { Callers } from '../../access/claims.ts';
import { onExpiry } from '../../access/expiry.ts';
import type { Answer, EventStream, OperationRequest } from '../../operation/operation.ts';
import { OperationError } from '../../operation/operation.ts';
import type { Exchange, Step } from '../../request/exchange.ts';
import { readOperation } from '../../request/read-operation.ts';
import type { Admission } from '../admission.ts';
import type { Operate } from '../operate.ts';
import { createEventWriter, type EventWriter } from './event-writer.ts';

interface StreamOptions {
  operate: Operate;
  callers: Callers;
  bodyBytes: number;
  admission: Admission;
  /** Fires when the gateway leaves; streams are then cut, so that clients subscribe again elsewhere. */
  leaving: AbortSignal;
  log: Log;
}

/** Any operation with `accept: text/event-stream`: the distinct connections mode of the GraphQL over SSE protocol. */
export function answerStream(options: StreamOptions): Step {
  const { admission, leaving } = options;
  return async (exchange) => {
    const { request, response, claims } = exchange;
    if (exchange.pathname !== '/graphql' || !accepts(request.headers.accept)) return false;
    const operation = await readOperation(exchange, options.bodyBytes);
    const refusal = admission.refusal(request);
    if (refusal) throw tooManyStreams(refusal);
    const leave = admission.enter(request);
    const writer = createEventWriter(response);
    const cut = () => response.destroy();
    leaving.addEventListener('abort', cut, { once: true });
    if (leaving.aborted) cut();
    const cancelExpiry = onExpiry(claims, () => end(writer, EXPIRED));
    response.once('close', () => {
      leave();
      cancelExpiry();
      leaving.removeEventListener('abort', cut);
    });
    await deliver(operation, exchange, writer, options);
    return true;
  };
}

async function deliver(
  operation: OperationRequest,
  exchange: Exchange,
  writer: EventWriter,
  options: StreamOptions,
): Promise<void> {
  const { request, requestId, signal, claims, trace } = exchange;
  try {
    const result = await options.operate(operation, {
      requestId,
      caller: options.callers(claims),
      signal,
      headers: request.headers,
      trace,
      readOnly: request.method === 'GET',
      streams: true,
    });
    write(result, exchange, writer);
  } catch (error) {
    const unexpected = { message: 'Internal server error' };
    end(
      writer,
      error instanceof OperationError ? error.errors : [maskError(unexpected, error, { log: options.log, requestId })],
    );
  }
}

function write(result: Answer | EventStream, { request, response }: Exchange, writer: EventWriter): void {
  if (result.kind === 'answer') {
    writer.next(result.json);
    writer.complete();
    return;
  }
  if (response.destroyed) return;
  const last = request.headers['last-event-id'];
  const subscription = result.open(
    {
      next: (json, cursor) => writer.next(json, cursor),
      end: (errors) => end(writer, errors),
    },
    typeof last === 'string' && last !== '' ? last : undefined,
  );
  writer.onDrain(() => subscription.ready());
  response.once('close', () => subscription.close());
}

function end(writer: EventWriter, errors: readonly GraphQLFormattedError[] | undefined): void {
  if (errors) writer.next(JSON.stringify({ errors }));
  writer.complete();
}

const EXPIRED: readonly GraphQLFormattedError[] = [
  { message: 'The token has expired.', extensions: { code: 'UNAUTHENTICATED' } },
];

function tooManyStreams(refusal: 'full' | 'tooMany'): HttpError {
  return refusal === 'full'
    ? new HttpError(503, 'TOO_MANY_CONNECTIONS', 'There are too many connections at the moment.')
    : new HttpError(429, 'TOO_MANY_CONNECTIONS', 'There are too many connections from this address.');
}

function accepts(accept: string | undefined): boolean {
  return accept?.split(',').some((type) => type.split(';')[0]?.trim().toLowerCase() === 'text/event-stream') ?? false;
}
