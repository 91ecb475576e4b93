import { Connection } from './connection.ts';
import { ExchangeError } from './errors.ts';
import { Exchange, type HttpAnswer } from './exchange.ts';
import { isSecure, openSocket } from './open-socket.ts';
import { fixedHead, writeRequest } from './request-head.ts';

export interface HttpClient {
  /**
   * Sends one POST and gives what `read` makes of its whole answer, whatever its status. Waits for a connection when all
   * are in use. Throws ExchangeError, and what `read` throws.
   */
  post<T>(
    body: string,
    headers: Readonly<Record<string, string>>,
    limits: { milliseconds: number; signal: AbortSignal | undefined },
    read: (answer: HttpAnswer) => T,
  ): Promise<T>;
  /** Takes no more requests and resolves when those under way are done. */
  close(): Promise<void>;
}

const SWEEP_MILLISECONDS = 5000;

/**
 * Posts to one address over HTTP/1.1 connections that are kept alive, one request at a time on each. See
 * docs/gateway/traffic.md for why this is no general HTTP client and what it costs less.
 */
export function createHttpClient(url: URL, options: { connections: number; maxBodyBytes: number }): HttpClient {
  const fixed = fixedHead(url);
  const idle: Connection[] = [];
  const all = new Set<Connection>();
  /** Exchanges without a connection; those that are settled meanwhile are passed over. */
  const waiting: Exchange[] = [];
  let closed: { resolve(): void; promise: Promise<void> } | undefined;

  const owner = {
    maxBodyBytes: options.maxBodyBytes,
    released(connection: Connection) {
      const next = nextWaiting();
      if (next) connection.start(next);
      else if (closed) connection.close();
      else idle.push(connection);
    },
    lost(connection: Connection) {
      all.delete(connection);
      const at = idle.indexOf(connection);
      if (at !== -1) idle.splice(at, 1);
      const next = nextWaiting();
      if (next) open().start(next);
      else if (all.size === 0) closed?.resolve();
    },
  };

  // The most recent one is taken first, so that those which are too many grow old.
  const sweeper = setInterval(() => {
    const now = performance.now();
    for (const connection of idle.filter((one) => !one.isFresh(now))) connection.close();
  }, SWEEP_MILLISECONDS).unref();

  function nextWaiting(): Exchange | undefined {
    let next = waiting.shift();
    while (next?.settled) next = waiting.shift();
    return next;
  }

  function open(): Connection {
    const connection = new Connection(openSocket(url), isSecure(url) ? 'secureConnect' : 'connect', owner);
    all.add(connection);
    return connection;
  }

  function takeIdle(): Connection | undefined {
    const now = performance.now();
    for (let connection = idle.pop(); connection; connection = idle.pop()) {
      if (connection.isFresh(now)) return connection;
      connection.close();
    }
    return undefined;
  }

  return {
    post(body, headers, limits, read) {
      return new Promise((resolve, reject) => {
        if (closed) return reject(new ExchangeError('connection', 'The client is closed.'));
        if (limits.signal?.aborted) return reject(new ExchangeError('aborted', 'Whoever asked is gone.'));
        const { milliseconds, signal } = limits;
        // Read here and not later: whatever waits for the answer would keep its text.
        const answered = (answer: HttpAnswer) => resolve(read(answer));
        const exchange = new Exchange(writeRequest(fixed, headers, body), milliseconds, {
          resolve: answered,
          reject,
          signal,
        });
        const connection = takeIdle() ?? (all.size < options.connections ? open() : undefined);
        if (connection) connection.start(exchange);
        else waiting.push(exchange);
      });
    },
    close() {
      if (closed) return closed.promise;
      clearInterval(sweeper);
      closed = Promise.withResolvers<void>();
      for (const connection of [...idle]) connection.close();
      if (all.size === 0) closed.resolve();
      return closed.promise;
    },
  };
}
