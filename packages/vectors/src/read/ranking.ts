import type { SearchKind } from '@colloquy/domain';

/** Where a chunk stands in its owner's text, and what it says. */
export interface ChunkText {
  readonly content: string;
  /** UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** A chunk that matched. */
export interface MatchedChunk {
  readonly objectId: string;
  readonly ownerId: string;
  readonly ownerKind: SearchKind;
  /** 0..1, higher is better. */
  readonly score: number;
  /** Null when the query did not ask for it. */
  readonly text: ChunkText | null;
}

/**
 * One entry per owner, its best chunk, best owner first. Equal scores are ordered by id, so that the order does not
 * depend on the order in which chunks were written.
 */
export function rankOwners(chunks: readonly MatchedChunk[]): MatchedChunk[] {
  const best = new Map<string, MatchedChunk>();
  for (const chunk of chunks) {
    const known = best.get(chunk.ownerId);
    if (!known || isBetter(chunk, known)) best.set(chunk.ownerId, chunk);
  }
  return [...best.values()].sort((a, b) => b.score - a.score || compare(a.ownerId, b.ownerId));
}

function isBetter(chunk: MatchedChunk, known: MatchedChunk): boolean {
  return chunk.score > known.score || (chunk.score === known.score && chunk.objectId < known.objectId);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
