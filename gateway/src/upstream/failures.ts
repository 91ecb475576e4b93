import { BrokenCircuitError } from 'cockatiel';
import { type Unavailability, UnusableAnswerError } from './errors.ts';
import { ExchangeError } from './http/errors.ts';

/** Whether the same query may well be answered when it is sent again. */
export function isWorthRetrying(error: unknown): boolean {
  if (error instanceof UnusableAnswerError) return isGatewayStatus(error.status);
  return error instanceof ExchangeError && error.code === 'connection';
}

/**
 * Whether an error says something about the health of the subgraph: one that refuses a request, or whose answer is too
 * large for the gateway, works, and so does one whose client has left.
 */
export function isFailure(error: unknown): boolean {
  if (error instanceof UnusableAnswerError) return error.status < 400 || error.status >= 500;
  return error instanceof ExchangeError && error.code !== 'too_large' && error.code !== 'aborted';
}

/** What an error means for the fetch; undefined for one that is nobody's but the gateway's. */
export function unavailabilityOf(error: unknown): Unavailability | undefined {
  if (error instanceof BrokenCircuitError) return 'breaker_open';
  if (error instanceof UnusableAnswerError) return 'unavailable';
  if (!(error instanceof ExchangeError)) return undefined;
  switch (error.code) {
    case 'timeout':
    case 'too_large':
      return error.code;
    case 'aborted':
      return 'cancelled';
    case 'connection':
    case 'protocol':
      return 'unavailable';
  }
}

/** What proxies answer for a server that is not there, and servers that are about to leave. */
export function isGatewayStatus(status: number): boolean {
  return status === 502 || status === 503 || status === 504;
}
