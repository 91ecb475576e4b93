import { secret } from '@colloquy/stack';
import { SignJWT } from 'jose';
import type { Settings } from '../environment.ts';
import { CliError } from '../exit.ts';

/** Roles of the public graph, in the order of their power. */
export const ROLES = ['READ_ONLY', 'STANDARD', 'PREMIUM', 'CURATOR', 'ADMINISTRATOR'] as const;
export type Role = (typeof ROLES)[number];

/** Whom a token speaks for. */
export interface TokenHolder {
  subject: string;
  name: string;
  tenant: string;
  role: Role;
}

export const LOCAL_DEVELOPER: TokenHolder = {
  subject: 'developer',
  name: 'Developer',
  tenant: 'local',
  role: 'ADMINISTRATOR',
};
export const TOKEN_LIFETIME_SECONDS = 12 * 3600;

type JwtSettings = Pick<
  Settings,
  'COLLOQUY_HOME' | 'COLLOQUY_TOKEN' | 'JWT_SECRET' | 'JWT_JWKS_URL' | 'JWT_ISSUER' | 'JWT_AUDIENCE'
>;

/** COLLOQUY_TOKEN, or a token of the local developer signed with the platform's development secret. */
export async function platformToken(settings: JwtSettings): Promise<string> {
  return settings.COLLOQUY_TOKEN ?? (await signToken(settings, LOCAL_DEVELOPER));
}

/**
 * A signed HS256 token with the claims that the platform reads. The secret is JWT_SECRET, or the random one under
 * COLLOQUY_HOME that `npm start` uses too. Throws when tokens come from an identity provider (JWT_JWKS_URL).
 */
export async function signToken(
  settings: JwtSettings,
  holder: TokenHolder,
  lifetimeSeconds: number = TOKEN_LIFETIME_SECONDS,
): Promise<string> {
  if (settings.JWT_JWKS_URL) {
    throw new CliError(
      'TOKENS_FROM_PROVIDER',
      'JWT_JWKS_URL is set, so tokens come from your identity provider. Put one of its tokens into COLLOQUY_TOKEN.',
    );
  }
  const key = settings.JWT_SECRET ?? (await secret(settings.COLLOQUY_HOME, 'jwt'));
  return new SignJWT({ tenant: holder.tenant, role: holder.role, name: holder.name })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(holder.subject)
    .setIssuer(settings.JWT_ISSUER)
    .setAudience(settings.JWT_AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(new Date(Date.now() + lifetimeSeconds * 1000))
    .sign(new TextEncoder().encode(key));
}
