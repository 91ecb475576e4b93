import type { IntelligenceType, MessageRole, SearchKind } from '@colloquy/domain';

/** One piece of an owner's text with its vector, as the pipeline hands it over. */
export interface ChunkRecord {
  /** TypeID of the item or message; together with `chunkNumber` and the version it makes the object's id. */
  readonly ownerId: string;
  readonly ownerKind: SearchKind;
  /** 0-based; an owner with any chunk has number 0. */
  readonly chunkNumber: number;
  /** Where the chunk stands in the owner's text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  readonly content: string;
  /** Unit length, as many numbers as the version has dimensions. */
  readonly vector: Float32Array | readonly number[];
  /** TypeID. */
  readonly conversationId: string;
  /** Platform name, such as `chatgpt`. */
  readonly platform: string;
  readonly occurredAt: Date | null;
  /** Of messages; null for items. */
  readonly role: MessageRole | null;
  readonly hidden: boolean;
  /** Of items; null for messages. */
  readonly intelligenceType: IntelligenceType | null;
  readonly confidenceScore: number | null;
  readonly tags: readonly string[];
}

/** A stored chunk without its vector, as checks and comparisons between projections read it. */
export interface StoredChunk {
  readonly objectId: string;
  readonly ownerId: string;
  readonly ownerKind: SearchKind;
  readonly chunkNumber: number;
  readonly start: number;
  readonly end: number;
  readonly content: string;
  readonly conversationId: string;
  readonly revision: number;
}
