import type { AccessConfig } from '../../config/access.ts';
import type { Claims } from '../claims.ts';

/** What a client may do, as its verified claims tell. */
export interface Grants {
  readonly authenticated: boolean;
  readonly scopes: ReadonlySet<string>;
  readonly policies: ReadonlySet<string>;
}

const NOBODY: Grants = { authenticated: false, scopes: new Set(), policies: new Set() };

export type ReadGrants = (claims: Claims | null) => Grants;

/** Null claims, those of a client without a token, grant nothing. */
export function createGrants(config: Pick<AccessConfig, 'scopesClaim' | 'policiesClaim'>): ReadGrants {
  return (claims) =>
    claims === null
      ? NOBODY
      : {
          authenticated: true,
          scopes: words(claims[config.scopesClaim]),
          policies: words(claims[config.policiesClaim]),
        };
}

/** The words of a claim: separated by spaces as in OAuth 2 (RFC 6749, 3.3), or a list. Anything else has none. */
function words(claim: unknown): ReadonlySet<string> {
  if (typeof claim === 'string') return new Set(claim.split(' ').filter((word) => word !== ''));
  if (Array.isArray(claim)) return new Set(claim.filter((word): word is string => typeof word === 'string'));
  return NOBODY.scopes;
}
