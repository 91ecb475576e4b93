import type { ServerResponse } from 'node:http';
import type { OperationResult } from './open-subscription.ts';

export interface EventWriter {
  /** Resolves when the client can take more, or is gone. */
  next(result: OperationResult): Promise<void>;
  /** Says that there is no more, and ends the answer. */
  complete(): void;
}

/** Keeps proxies from closing a quiet stream. */
const COMMENT_MILLISECONDS = 12_000;

/** Writes `text/event-stream` as the GraphQL over SSE protocol has it. */
export function createEventWriter(response: ServerResponse): EventWriter {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  // Some browsers wait for a first byte before they call a stream open.
  response.write(':\n\n');
  const interval = setInterval(() => response.write(':\n\n'), COMMENT_MILLISECONDS);
  response.once('close', () => clearInterval(interval));

  return {
    next(result) {
      if (response.writableEnded || response.destroyed) return Promise.resolve();
      if (response.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`)) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          response.off('drain', done).off('close', done);
          resolve();
        };
        response.on('drain', done).on('close', done);
      });
    },
    complete() {
      clearInterval(interval);
      if (!response.writableEnded) response.end('event: complete\ndata: \n\n');
    },
  };
}
