import { once } from 'node:events';
import { connect } from 'node:net';
import { type HttpMessage, HttpMessageReader } from '../http-message.ts';

export interface Load {
  port: number;
  /** The GraphQL query. */
  query: string;
  connections: number;
  seconds: number;
  /** Throws when an answer is wrong, which ends the run. */
  check(answer: HttpMessage): void;
}

export interface LoadResult {
  requests: number;
  /** From the first request to the last answer. */
  seconds: number;
  /** Of every request, in milliseconds, in ascending order. */
  latencies: Float64Array;
}

/** Asks the same query on every connection, again and again, one request at a time. Rejects with the first failure. */
export async function runLoad({ port, query, connections, seconds, check }: Load): Promise<LoadResult> {
  const request = httpRequest(port, query);
  const sockets = Array.from({ length: connections }, () => connect({ port, host: '127.0.0.1', noDelay: true }));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  const latencies: number[] = [];
  const started = performance.now();
  const deadline = started + seconds * 1000;
  try {
    await Promise.all(
      sockets.map(
        (socket) =>
          new Promise<void>((resolve, reject) => {
            let sent = performance.now();
            const reader = new HttpMessageReader((answer) => {
              const now = performance.now();
              latencies.push(now - sent);
              try {
                check(answer);
              } catch (error) {
                reject(error);
              }
              if (now >= deadline) resolve();
              else {
                sent = now;
                socket.write(request);
              }
            });
            socket.on('data', (chunk: Buffer) => reader.push(chunk));
            socket.on('error', reject);
            socket.on('close', () => reject(new Error('The gateway closed a connection under load.')));
            socket.write(request);
          }),
      ),
    );
  } finally {
    for (const socket of sockets) socket.destroy();
  }
  return {
    requests: latencies.length,
    seconds: (performance.now() - started) / 1000,
    latencies: Float64Array.from(latencies).sort(),
  };
}

function httpRequest(port: number, query: string): Buffer {
  const body = JSON.stringify({ query });
  const head = [
    'POST /graphql HTTP/1.1',
    `host: 127.0.0.1:${port}`,
    'content-type: application/json',
    'accept: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ].join('\r\n');
  return Buffer.from(`${head}\r\n\r\n${body}`);
}
