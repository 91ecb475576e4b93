import { createSecretKey } from 'node:crypto';
import { HttpError } from '@colloquy/service';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import type { JwtConfig } from '../config/config.ts';
import type { Claims } from './claims.ts';

/**
 * Verifies an `Authorization` value (`Bearer ...`) and gives the token's claims; null for a client without one, where
 * such clients are let in. Throws HttpError 401 when it is absent or does not hold, 503 when the issuer's keys cannot be
 * had.
 */
export type VerifyToken = (authorization: string | undefined) => Promise<Claims | null>;

export function createTokenVerifier(config: JwtConfig, { allowAnonymous = false } = {}): VerifyToken {
  const verify = verifierOf(config);
  return async (authorization) => {
    if (allowAnonymous && authorization === undefined) return null;
    const token = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw unauthenticated('A bearer token is needed.');
    try {
      return await verify(token);
    } catch (error) {
      if (isTokenFault(error)) throw unauthenticated('The token is not valid.', error);
      const unavailable = new HttpError(503, 'SERVICE_UNAVAILABLE', 'Tokens cannot be verified at the moment.');
      unavailable.cause = error;
      throw unavailable;
    }
  };
}

function verifierOf(config: JwtConfig): (token: string) => Promise<JWTPayload> {
  const options: JWTVerifyOptions = {
    algorithms: config.algorithms ?? (config.secret === undefined ? ['RS256', 'ES256', 'EdDSA'] : ['HS256']),
    requiredClaims: ['exp'],
    clockTolerance: 5,
    ...(config.issuer !== undefined && { issuer: config.issuer }),
    ...(config.audience !== undefined && { audience: config.audience }),
    ...(config.typ !== undefined && { typ: config.typ }),
  };
  if (config.secret !== undefined) {
    const key = createSecretKey(Buffer.from(config.secret, 'utf8'));
    return async (token) => (await jwtVerify(token, key, options)).payload;
  }
  if (config.jwksUrl === undefined) throw new Error('Either a secret or a JWKS address is needed.');
  const keys = createRemoteJWKSet(new URL(config.jwksUrl));
  return async (token) => (await jwtVerify(token, keys, options)).payload;
}

/** jose also raises its errors when keys cannot be fetched; those say nothing about the token. */
function isTokenFault(error: unknown): boolean {
  const fetching = [errors.JWKSTimeout, errors.JWKSInvalid];
  const plain = error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC';
  return error instanceof errors.JOSEError && !plain && !fetching.some((kind) => error instanceof kind);
}

function unauthenticated(message: string, cause?: unknown): HttpError {
  const error = new HttpError(401, 'UNAUTHENTICATED', message, { 'www-authenticate': 'Bearer' });
  if (cause !== undefined) error.cause = cause;
  return error;
}
