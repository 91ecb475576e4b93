import { ObjectStoreError } from '@colloquy/objects';
import { GraphQLError } from 'graphql';

/** A request to one of the routes beside GraphQL that is answered with an HTTP status and `{code, message}`. */
export class RouteRefusal extends Error {
  override readonly name = 'RouteRefusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const refusals = {
  unknown: () => new RouteRefusal(404, 'NOT_FOUND', 'There is no such archive.'),
  complete: () => new RouteRefusal(409, 'ALREADY_COMPLETE', 'The bytes of this archive are complete.'),
  tooLarge: (announced: number) =>
    new RouteRefusal(413, 'LARGER_THAN_ANNOUNCED', `The upload is larger than the ${announced} bytes announced.`),
  tooSmall: (announced: number, got: number) =>
    new RouteRefusal(422, 'SMALLER_THAN_ANNOUNCED', `Expected ${announced} bytes, got ${got}.`),
  wrongHash: () => new RouteRefusal(422, 'WRONG_HASH', 'The SHA-256 of the bytes is not the one announced.'),
};

/** HTTP statuses of the error codes that GraphQL shares with plain HTTP. */
const STATUS: Readonly<Record<string, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, STORE_UNAVAILABLE: 503 };

/** The refusal that an error means; null for faults of our own. */
export function refusalOf(error: unknown): RouteRefusal | null {
  if (error instanceof RouteRefusal) return error;
  if (error instanceof ObjectStoreError) return objectStoreRefusal(error);
  if (!(error instanceof GraphQLError)) return null;
  const code = String(error.extensions.code);
  const status = STATUS[code];
  return status === undefined ? null : new RouteRefusal(status, code, error.message);
}

function objectStoreRefusal({ code, message }: ObjectStoreError): RouteRefusal | null {
  if (code === 'OBJECT_STORE_UNAVAILABLE') return new RouteRefusal(503, 'STORE_UNAVAILABLE', message);
  if (code === 'OBJECT_STORE_FULL') return new RouteRefusal(507, code, message);
  if (code === 'OBJECT_NOT_FOUND') {
    return new RouteRefusal(404, code, 'The object store no longer holds these bytes. Import the archive again.');
  }
  return null;
}
