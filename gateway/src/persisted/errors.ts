import { OperationError } from '../operation/operation.ts';

/** How an operation that is named, or should be named, can be refused: its code, HTTP status and message. */
const REFUSALS = {
  BAD_REQUEST: [400, 'GraphQL operations must contain a non-empty `query` or a `persistedQuery` extension.'],
  PERSISTED_QUERY_NOT_SUPPORTED: [200, 'PersistedQueryNotSupported'],
  PERSISTED_QUERY_NOT_FOUND: [200, 'PersistedQueryNotFound'],
  PERSISTED_QUERY_INVALID: [400, 'Unsupported persisted query version, or no hash of SHA-256 in lower case.'],
  PERSISTED_QUERY_HASH_MISMATCH: [400, 'provided sha does not match query'],
  PERSISTED_QUERY_NOT_IN_LIST: [404, 'The operation of this id is not in the list of trusted operations.'],
  PERSISTED_QUERY_ID_REQUIRED: [400, 'Operations must be sent by their id.'],
  CANNOT_SEND_PQ_ID_AND_BODY: [400, 'The text is not the one of the id.'],
  QUERY_NOT_IN_SAFELIST: [403, 'The operation is not in the list of trusted operations.'],
} as const satisfies Record<string, readonly [number, string]>;

export type Refusal = keyof typeof REFUSALS;

/** Apollo's clients know these codes and messages, and the status 200 where the next request may succeed. */
export function refusal(code: Refusal): OperationError {
  const [status, message] = REFUSALS[code];
  return new OperationError([{ message, extensions: { code } }], status);
}
