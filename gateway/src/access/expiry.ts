import type { Claims } from './claims.ts';

/** The longest that a timer can wait. */
const LONGEST_MILLISECONDS = 2 ** 31 - 1;

/** Calls back when the token's `exp` has come; never for claims without one. Returns what cancels it. */
export function onExpiry(claims: Claims | null, callback: () => void): () => void {
  const exp = claims?.exp;
  if (typeof exp !== 'number') return () => undefined;
  let timer: NodeJS.Timeout;
  const wait = () => {
    const left = exp * 1000 - Date.now();
    if (left <= 0) callback();
    else timer = setTimeout(wait, Math.min(left, LONGEST_MILLISECONDS));
  };
  timer = setTimeout(wait, 0);
  return () => clearTimeout(timer);
}
