/** What was written: its length in bytes and its SHA-256 in lower-case hexadecimal. */
export interface WrittenObject {
  size: number;
  sha256: string;
}

export interface WriteOptions {
  /** Stops reading and throws OBJECT_TOO_LARGE as soon as the body is longer. */
  maxBytes?: number;
  /** Looks at what arrived before it becomes visible; when it throws, nothing is kept. */
  verify?(written: WrittenObject): void;
}

/** Bytes from `start` up to but not including `end`. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface ListedObject {
  key: string;
  /** Length in bytes. */
  size: number;
  /** When it became visible, by the store's clock. */
  modifiedAt: Date;
}

/**
 * Bytes under keys such as `archives/<tenant>/<name>`: segments of letters, digits, `-`, `_` and `.`, joined by `/`.
 * Every method throws OBJECT_STORE_UNAVAILABLE while the store is away and OBJECT_STORE_FULL when it has no room; none
 * waits without end.
 */
export interface ObjectStore {
  /**
   * Stores a body as a whole: readers see all of it, durably, once this resolves, and nothing of it before or when it
   * rejects. Pulls the body no faster than the store takes it; chunks must not change once they are handed over.
   * Replaces an object of the same key. An error of the body itself is thrown as it is.
   */
  write(key: string, body: AsyncIterable<Uint8Array>, options?: WriteOptions): Promise<WrittenObject>;
  /** Throws OBJECT_NOT_FOUND at the first chunk when there is no such object. */
  read(key: string, range?: ByteRange): AsyncIterable<Uint8Array>;
  /** Length in bytes. Throws OBJECT_NOT_FOUND. */
  size(key: string): Promise<number>;
  /** Resolves too when there is no such object. */
  delete(key: string): Promise<void>;
  /** Objects whose key begins with `prefix` ('' for all), in the order of their keys, a page at a time. */
  list(prefix: string): AsyncIterable<ListedObject>;
  /** Throws when the store cannot be used. Takes a few seconds at most. */
  ping(): Promise<void>;
}
