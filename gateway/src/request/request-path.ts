import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpError, type Log, requestIdOf, respondError } from '@colloquy/service';
import { Exchange, type Step } from './exchange.ts';

/** Takes each request through the steps, in their order, until one of them answers it. */
export function createRequestPath(
  steps: readonly Step[],
  log: Log,
): (request: IncomingMessage, response: ServerResponse) => void {
  async function walk(exchange: Exchange): Promise<void> {
    for (const step of steps) {
      const taken = step(exchange);
      if (taken === true || (taken !== false && (await taken))) return;
    }
    throw new HttpError(404, 'NOT_FOUND', 'There is nothing at this address.');
  }

  return (request, response) => {
    const requestId = requestIdOf(request);
    walk(new Exchange(request, response, requestId)).catch((error: unknown) =>
      respondError(request, response, error, { log, requestId }),
    );
  };
}
