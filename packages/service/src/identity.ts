import { createSecretKey } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { ZodError } from 'zod';
import { UnauthenticatedError } from './errors.ts';

/** Who acts, as the gateway verified it. The claims mean something to the subgraphs alone. */
export interface Identity {
  /** The client token's `sub`; empty for an anonymous client. */
  subject: string;
  claims: Readonly<Record<string, unknown>>;
}

/** Carries the signed identity from the gateway to a subgraph. */
export const IDENTITY_HEADER = 'x-colloquy-identity';

const ISSUER = 'colloquy-gateway';
const AUDIENCE = 'colloquy-subgraph';
const TYPE = 'identity+jwt';
const LIFETIME_SECONDS = 60;

export interface IdentitySigner {
  sign(identity: Identity): Promise<string>;
  /** Throws a jose error when the token is forged, expired or of another kind. */
  verify(token: string): Promise<Identity>;
}

/** Signs and verifies identities with a secret that the gateway and its subgraphs share: HS256, valid for 60 s. */
export function createIdentitySigner(secret: string): IdentitySigner {
  const key = createSecretKey(Buffer.from(secret, 'utf8'));
  return {
    sign: ({ subject, claims }) =>
      new SignJWT({ claims })
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setSubject(subject)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(`${LIFETIME_SECONDS}s`)
        .sign(key),
    async verify(token) {
      const { payload } = await jwtVerify<{ claims?: unknown }>(token, key, {
        algorithms: ['HS256'],
        typ: TYPE,
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['exp', 'sub', 'claims'],
        clockTolerance: 5,
      });
      return { subject: payload.sub ?? '', claims: payload.claims as Record<string, unknown> };
    },
  };
}

/** What a service reads out of an identity's claims. Throws UnauthenticatedError, naming the claims, where `read` finds
 * them missing or malformed (a ZodError). */
export function readClaims<T>(identity: Identity, read: (claims: Identity['claims']) => T): T {
  try {
    return read({ ...identity.claims, sub: identity.subject });
  } catch (cause) {
    if (!(cause instanceof ZodError)) throw cause;
    const names = [...new Set(cause.issues.map(({ path }) => path.join('.')))].join(', ');
    throw new UnauthenticatedError(`The token's claims cannot be used: ${names}.`, { cause });
  }
}
