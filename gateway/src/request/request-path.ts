import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpError, type Log, requestIdOf, respondError } from '@colloquy/service';
import type { Exchange, Step } from './exchange.ts';

/** Takes each request through the steps, in their order, until one of them answers it. */
export function createRequestPath(
  steps: readonly Step[],
  log: Log,
): (request: IncomingMessage, response: ServerResponse) => void {
  async function walk(exchange: Exchange): Promise<void> {
    for (const step of steps) {
      if (await step(exchange)) return;
    }
    throw new HttpError(404, 'NOT_FOUND', 'There is nothing at this address.');
  }

  return (request, response) => {
    const requestId = requestIdOf(request);
    const controller = new AbortController();
    response.once('close', () => controller.abort());
    const url = URL.parse(request.url ?? '/', 'http://gateway') ?? new URL('http://gateway/');
    const exchange: Exchange = { request, response, url, requestId, signal: controller.signal, claims: null };
    walk(exchange).catch((error: unknown) => respondError(request, response, error, { log, requestId }));
  };
}
