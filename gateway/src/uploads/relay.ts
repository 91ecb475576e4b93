import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest, Agent as TlsAgent } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { HttpError } from '@colloquy/service';
import { relayedHeaders } from './headers.ts';

/** Neither side may be silent for longer; the work of a subgraph after the last byte counts too. */
const IDLE_MILLISECONDS = 10 * 60_000;

const agent = new Agent({ keepAlive: true });
const tlsAgent = new TlsAgent({ keepAlive: true });

export interface Relay {
  request: IncomingMessage;
  response: ServerResponse;
  target: URL;
  headers: Record<string, string | string[]>;
  /** For the message when it cannot be reached. */
  subgraph: string;
}

/**
 * Sends a request on and its answer back as streams: neither side is read faster than the other takes it, and nothing
 * is kept. When one side breaks off, so does the other. A subgraph may answer before the client has sent everything;
 * its answer is passed on at once and the rest is not sent. Throws HttpError 503 when there is no answer.
 */
export function relay({ request, response, target, headers, subgraph }: Relay): Promise<void> {
  return new Promise((resolve, reject) => {
    const tls = target.protocol === 'https:';
    const upstream = (tls ? httpsRequest : httpRequest)(target, {
      method: request.method,
      headers,
      agent: tls ? tlsAgent : agent,
      timeout: IDLE_MILLISECONDS,
    });
    const breakOff = () => upstream.destroy(new Error('The client is gone.'));

    upstream.on('timeout', () => upstream.destroy(new Error('The subgraph is silent.')));
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, relayedHeaders(answer.headers));
      pipeline(answer, response).then(finish, finish);
    });
    upstream.on('error', (error) => {
      // Once the answer has begun, its own end or failure decides.
      if (response.headersSent) return;
      stop();
      if (request.destroyed && !request.complete) return resolve();
      const failed = new HttpError(
        503,
        'SERVICE_UNAVAILABLE',
        `The service "${subgraph}" does not answer at the moment.`,
      );
      failed.cause = error;
      reject(failed);
    });
    response.once('close', () => {
      if (!response.writableFinished) breakOff();
    });
    request.once('error', breakOff);
    request.pipe(upstream);

    function finish(failure?: unknown): void {
      stop();
      if (!request.complete) upstream.destroy();
      if (failure !== undefined) response.destroy();
      resolve();
    }

    function stop(): void {
      request.off('error', breakOff);
      request.on('error', () => undefined);
      request.unpipe(upstream);
    }
  });
}
