/** Why an archive as a whole cannot be read. Single records that cannot be read are `ParseIssue`s instead. */
export type ArchiveErrorCode =
  | 'EMPTY_FILE'
  | 'INVALID_JSON'
  | 'TRUNCATED_ARCHIVE'
  | 'INVALID_ZIP'
  | 'ZIP_ENCRYPTED'
  | 'ZIP_OVERLAPPING_ENTRIES'
  | 'ZIP_SYMLINK'
  | 'ZIP_PATH_TRAVERSAL'
  | 'ZIP_DUPLICATE_ENTRY'
  | 'ZIP_CHECKSUM_MISMATCH'
  | 'ZIP_SIZE_MISMATCH'
  | 'ZIP_COMPRESSION_METHOD'
  | 'ZIP_HEADER_MISMATCH'
  | 'UNSUPPORTED_FORMAT'
  | 'LIMIT_EXCEEDED_ENTRIES'
  | 'LIMIT_EXCEEDED_DIRECTORY_BYTES'
  | 'LIMIT_EXCEEDED_ENTRY_BYTES'
  | 'LIMIT_EXCEEDED_TOTAL_BYTES'
  | 'LIMIT_EXCEEDED_COMPRESSION_RATIO'
  | 'LIMIT_EXCEEDED_SESSIONS'
  | 'LIMIT_EXCEEDED_RECORD'
  | 'LIMIT_EXCEEDED_MESSAGES'
  | 'LIMIT_EXCEEDED_VALUES'
  | 'LIMIT_EXCEEDED_DEPTH';

/** Base of every error that the content of an archive can cause; errors of the byte source pass through unchanged. */
export class ArchiveError extends Error {
  override readonly name: string = 'ArchiveError';
  readonly code: ArchiveErrorCode;

  constructor(code: ArchiveErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The file has no bytes. */
export class EmptyFileError extends ArchiveError {
  override readonly name = 'EmptyFileError';

  constructor() {
    super('EMPTY_FILE', 'The file is empty.');
  }
}

/** The JSON around the records is broken, so that nothing after the fault can be trusted. */
export class InvalidJsonError extends ArchiveError {
  override readonly name = 'InvalidJsonError';

  constructor(message: string, options?: ErrorOptions) {
    super('INVALID_JSON', message, options);
  }
}

/** The file ends before its content does: usually a download that was cut off. */
export class TruncatedArchiveError extends ArchiveError {
  override readonly name = 'TruncatedArchiveError';

  constructor(message: string, options?: ErrorOptions) {
    super('TRUNCATED_ARCHIVE', message, options);
  }
}

/** The ZIP container is damaged or hostile; `code` says in which way. */
export class InvalidZipError extends ArchiveError {
  override readonly name = 'InvalidZipError';

  constructor(
    code: Extract<ArchiveErrorCode, 'INVALID_ZIP' | `ZIP_${string}`>,
    message: string,
    options?: ErrorOptions,
  ) {
    super(code, message, options);
  }
}

/** The archive is larger, in one of the measures of `ArchiveLimits`, than is allowed. */
export class LimitExceededError extends ArchiveError {
  override readonly name = 'LimitExceededError';
  /** The allowed maximum: a count, a number of bytes, or a ratio, as the code says. */
  readonly limit: number;
  /** What came, in the unit of `limit`; null where counting stopped at the limit. */
  readonly received: number | null;

  constructor(
    code: Extract<ArchiveErrorCode, `LIMIT_EXCEEDED_${string}`>,
    message: string,
    limit: number,
    received: number | null = null,
  ) {
    super(code, message);
    this.limit = limit;
    this.received = received;
  }
}

/** The content is intact but is no export that any reader here knows. */
export class UnsupportedFormatError extends ArchiveError {
  override readonly name = 'UnsupportedFormatError';
  /** What the content was recognised as, in words, such as "a Slack export"; null when it is unknown. */
  readonly recognised: string | null;
  /** Labels of the formats that can be read. */
  readonly supported: readonly string[];

  constructor(recognised: string | null, supported: readonly string[]) {
    const what = recognised === null ? 'is of an unknown kind' : `is ${recognised}`;
    super('UNSUPPORTED_FORMAT', `The file ${what}. Supported: ${supported.join(', ')}.`);
    this.recognised = recognised;
    this.supported = supported;
  }
}
