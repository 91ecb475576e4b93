import type { VerifyToken } from '../access/verify-token.ts';
import type { Step } from './exchange.ts';

/** Lets verified clients pass, and everyone where there is nothing to verify with. */
export function authenticate(verify: VerifyToken | undefined): Step {
  return async (exchange) => {
    if (verify) exchange.claims = await verify(exchange.request.headers.authorization);
    return false;
  };
}
