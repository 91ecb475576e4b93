import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Claims } from '../access/claims.ts';

/** One HTTP request and its answer, on their way through the steps. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly requestId: string;
  /** Fires when the client is gone before its answer is complete. */
  readonly signal: AbortSignal;
  /** Set once the token was verified; null where the gateway is open. */
  claims: Claims | null;
}

/** Answers the request and says `true`, or leaves it to the steps after it. What it throws is answered, masked. */
export type Step = (exchange: Exchange) => Promise<boolean> | boolean;
