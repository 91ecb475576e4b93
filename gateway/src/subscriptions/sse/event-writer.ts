import type { ServerResponse } from 'node:http';

export interface EventWriter {
  /** Writes a result, with the id by which a client that comes back says where it was. False: the client is behind. */
  next(json: string, id?: string): boolean;
  /** Calls back each time the client has taken all that was written. */
  onDrain(callback: () => void): void;
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
    next(json, id) {
      if (response.writableEnded || response.destroyed) return true;
      const line = id === undefined || !isLine(id) ? '' : `id: ${id}\n`;
      return response.write(`event: next\n${line}data: ${json}\n\n`);
    },
    onDrain: (callback) => void response.on('drain', callback),
    complete() {
      clearInterval(interval);
      if (!response.writableEnded) response.end('event: complete\ndata: \n\n');
    },
  };
}

/** The format has no way to write other ids. */
function isLine(id: string): boolean {
  return !/[\0\r\n]/.test(id);
}
