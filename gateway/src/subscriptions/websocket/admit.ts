import type { IncomingHttpHeaders } from 'node:http';
import { HttpError } from '@colloquy/service';
import type { VerifyToken } from '../../access/verify-token.ts';
import type { Admitted } from './connection.ts';

/** Reads a client's token out of `connection_init`, or out of the handshake. Throws when it cannot be verified now. */
export function createAdmit(
  verify: VerifyToken | undefined,
): (payload: Readonly<Record<string, unknown>>, headers: IncomingHttpHeaders) => Promise<Admitted | undefined> {
  return async (payload, headers) => {
    if (!verify) return { claims: null };
    const given = payload.authorization ?? payload.Authorization ?? headers.authorization;
    try {
      return { claims: await verify(typeof given === 'string' ? given : undefined) };
    } catch (error) {
      if (error instanceof HttpError && error.status === 401) return undefined;
      throw error;
    }
  };
}
