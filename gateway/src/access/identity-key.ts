import type { Claims } from './claims.ts';

/** What differs from token to token of one identity. */
const OF_ONE_TOKEN = new Set(['iat', 'nbf', 'exp', 'jti']);

const known = new WeakMap<Claims, string>();

/** Equal for tokens of one identity: all claims but those of the token itself. */
export function identityKey(claims: Claims | null): string {
  if (!claims) return '';
  let key = known.get(claims);
  if (key === undefined) {
    key = JSON.stringify(
      Object.entries(claims)
        .filter(([name]) => !OF_ONE_TOKEN.has(name))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    known.set(claims, key);
  }
  return key;
}
