import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from '@opentelemetry/api';
import type { Claims } from '../access/claims.ts';

/** One HTTP request and its answer, on their way through the steps. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly pathname: string;
  /** Fires when the client is gone before its answer is complete. */
  readonly signal: AbortSignal;
  /** Set once the token was verified; null where the gateway is open. */
  claims: Claims | null = null;
  /** What spans of this request are below; set where tracing is on. */
  trace: Context | undefined;
  #url: URL | undefined;

  constructor(request: IncomingMessage, response: ServerResponse, requestId: string) {
    this.request = request;
    this.response = response;
    this.requestId = requestId;
    const target = request.url ?? '/';
    const end = target.search(/[?#]/);
    // Anything but the plain form, such as an absolute address, is left to the URL parser.
    this.pathname = !target.startsWith('/') ? this.url.pathname : end === -1 ? target : target.slice(0, end);
    const controller = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) controller.abort();
    });
    this.signal = controller.signal;
  }

  get url(): URL {
    this.#url ??= URL.parse(this.request.url ?? '/', 'http://gateway') ?? new URL('http://gateway/');
    return this.#url;
  }
}

/** Answers the request and says `true`, or leaves it to the steps after it. What it throws is answered, masked. */
export type Step = (exchange: Exchange) => Promise<boolean> | boolean;
