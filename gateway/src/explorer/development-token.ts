import type { IncomingMessage } from 'node:http';
import { SignJWT } from 'jose';
import type { GatewayConfig } from '../config/config.ts';

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
const LOOPBACK_ADDRESS = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;

/** Makes a development token for the page that a request asks for, or null where it must carry none. */
export type DevelopmentToken = (request: IncomingMessage) => Promise<string | null>;

/**
 * Only in development, only with claims configured for it, and only for a browser on this machine that came here
 * directly: a proxy's clients may be anywhere.
 */
export function createDevelopmentToken(config: GatewayConfig, production: boolean): DevelopmentToken {
  const { developmentClaims } = config.explorer;
  const { secret, issuer, audience, typ = 'JWT', algorithms = ['HS256'] } = config.jwt ?? {};
  const [alg] = algorithms;
  if (production || !developmentClaims || secret === undefined || alg === undefined) return async () => null;
  const key = new TextEncoder().encode(secret);
  return async (request) => {
    if (!isLocal(request)) return null;
    const token = new SignJWT(developmentClaims)
      .setProtectedHeader({ alg, typ })
      .setIssuedAt()
      .setExpirationTime('12h');
    if (issuer !== undefined) token.setIssuer(issuer);
    if (audience !== undefined) token.setAudience(audience);
    return token.sign(key);
  };
}

function isLocal({ headers, socket }: IncomingMessage): boolean {
  const proxied = headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined;
  const host = URL.parse(`http://${headers.host}`)?.hostname ?? '';
  return !proxied && LOOPBACK_HOSTS.has(host) && LOOPBACK_ADDRESS.test(socket.remoteAddress ?? '');
}
