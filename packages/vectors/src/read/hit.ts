import type { SearchKind } from '@colloquy/domain';

/** An owner that was found, by its best chunk. */
export interface Hit {
  readonly ownerId: string;
  readonly ownerKind: SearchKind;
  /** 0..1; comparable within one answer. */
  readonly score: number;
  readonly snippet: string;
  /** Where the chunk stands in the owner's text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}
