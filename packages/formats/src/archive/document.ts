/** One file of an archive, or the archive itself when it is no container. */
export interface ArchiveDocument {
  /** Path inside the ZIP; for a plain file `$`. */
  readonly name: string;
  /** Number of bytes, uncompressed. */
  readonly size: number;
  /** The bytes from the beginning; throws an ArchiveError when a container breaks its promises about them. */
  open(): AsyncIterable<Uint8Array>;
}
