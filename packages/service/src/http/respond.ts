import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../log.ts';
import { HttpError } from './http-error.ts';

/** A client that is still sending gets this long to notice that its answer is there. */
const LINGER_MILLISECONDS = 5000;

export function respondJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
      ...headers,
    })
    .end(text);
}

/**
 * Answers a failed request: an HttpError with its status, all else as a masked 500 under the request id. When the
 * answer has begun already, nothing can be said any more and the connection is cut.
 */
export function respondError(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  context: { log: Log; requestId: string },
): void {
  if (!(error instanceof HttpError)) context.log.error({ err: error, requestId: context.requestId }, 'request failed');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, code, message, headers } =
    error instanceof HttpError ? error : new HttpError(500, 'INTERNAL_SERVER_ERROR', 'Internal server error');
  const extensions = { code, ...(status >= 500 && { requestId: context.requestId }) };
  respondJson(response, status, { errors: [{ message, extensions }] }, headers);
  linger(request);
}

/**
 * After an early answer: reads and drops what the client still sends, for at most 5 s. Closing at once would reset the
 * connection, and the client could lose the answer.
 */
export function linger(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  request.resume();
  const timer = setTimeout(() => request.destroy(), LINGER_MILLISECONDS);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
}
