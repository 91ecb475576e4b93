const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;

/** What an archive may cost at most. Exceeding a limit of the container is an ArchiveError, of one record a ParseIssue. */
export interface ArchiveLimits {
  /** Entries of a ZIP. */
  maxEntries: number;
  /** Bytes of the directory of a ZIP, which is held in memory. */
  maxDirectoryBytes: number;
  /** Uncompressed bytes of one entry of a ZIP. */
  maxEntryBytes: number;
  /** Uncompressed bytes of all entries of a ZIP together. */
  maxTotalBytes: number;
  /** Uncompressed / compressed bytes of one entry; looked at for entries of more than `ratioFloorBytes`. */
  maxCompressionRatio: number;
  /** Entries with fewer uncompressed bytes may have any ratio. */
  ratioFloorBytes: number;
  /** Bytes of one conversation; bounds the memory that reading takes. */
  maxRecordBytes: number;
  /** Messages of one conversation. */
  maxMessages: number;
  /** JSON values of one message, or of a conversation without its messages: each takes many times its bytes. */
  maxValues: number;
  /** Nesting of one conversation's JSON. */
  maxDepth: number;
}

/** Real exports stay far below each of these; deflate itself cannot exceed a ratio of 1,032. */
export const DEFAULT_LIMITS: Readonly<ArchiveLimits> = {
  maxEntries: 50_000,
  maxDirectoryBytes: 32 * MEBIBYTE,
  maxEntryBytes: 16 * GIBIBYTE,
  maxTotalBytes: 64 * GIBIBYTE,
  maxCompressionRatio: 300,
  ratioFloorBytes: 16 * MEBIBYTE,
  maxRecordBytes: 128 * MEBIBYTE,
  maxMessages: 350_000,
  maxValues: 1_000_000,
  maxDepth: 64,
};
