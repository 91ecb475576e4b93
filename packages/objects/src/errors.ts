export type ObjectStoreErrorCode =
  | 'UNSUPPORTED_OBJECT_STORE'
  | 'INVALID_OBJECT_KEY'
  | 'OBJECT_NOT_FOUND'
  | 'OBJECT_TOO_LARGE'
  /** Another body was stored under the key while it was being read. */
  | 'OBJECT_CHANGED'
  /** The store does not answer, or answers nobody: the same call may succeed later. */
  | 'OBJECT_STORE_UNAVAILABLE'
  /** The store answers and has no room: the same call succeeds once somebody made some. */
  | 'OBJECT_STORE_FULL';

/** Something that the object store refuses, does not have or cannot do now. Messages name no addresses and no paths. */
export class ObjectStoreError extends Error {
  override readonly name = 'ObjectStoreError';
  readonly code: ObjectStoreErrorCode;

  constructor(code: ObjectStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export const objectNotFound = (key: string, cause: unknown) =>
  new ObjectStoreError('OBJECT_NOT_FOUND', `There is no object ${key}.`, { cause });

export const objectTooLarge = (maxBytes: number) =>
  new ObjectStoreError('OBJECT_TOO_LARGE', `The body is longer than ${maxBytes} bytes.`);

/** `what` completes "The object store ...". */
export const storeUnavailable = (what: string, cause?: unknown) =>
  new ObjectStoreError('OBJECT_STORE_UNAVAILABLE', `The object store ${what}.`, { cause });

export const storeFull = (cause: unknown) =>
  new ObjectStoreError(
    'OBJECT_STORE_FULL',
    'The object store has no room left. Free space in it, enlarge it or raise its quota; nothing else has to be done.',
    { cause },
  );
