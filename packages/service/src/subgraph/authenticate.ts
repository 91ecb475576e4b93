import type { IncomingMessage } from 'node:http';
import { HttpError } from '../http/http-error.ts';
import { IDENTITY_HEADER, type Identity, type IdentitySigner } from '../identity.ts';

/** The gateway's signed identity. Throws HttpError 401 for every other caller. */
export async function authenticate(request: IncomingMessage, signer: IdentitySigner): Promise<Identity> {
  const token = request.headers[IDENTITY_HEADER];
  if (typeof token === 'string') {
    try {
      return await signer.verify(token);
    } catch (error) {
      throw unauthenticated(error);
    }
  }
  throw unauthenticated();
}

function unauthenticated(cause?: unknown): HttpError {
  const error = new HttpError(401, 'UNAUTHENTICATED', 'This server answers its gateway only.');
  if (cause !== undefined) error.cause = cause;
  return error;
}
