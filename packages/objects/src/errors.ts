export type ObjectStoreErrorCode =
  | 'UNSUPPORTED_OBJECT_STORE'
  | 'INVALID_OBJECT_KEY'
  | 'OBJECT_NOT_FOUND'
  | 'OBJECT_TOO_LARGE';

/** Something that the object store refuses or does not have. */
export class ObjectStoreError extends Error {
  override readonly name = 'ObjectStoreError';
  readonly code: ObjectStoreErrorCode;

  constructor(code: ObjectStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
