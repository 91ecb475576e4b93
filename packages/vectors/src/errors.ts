/** Weaviate does not answer, or not in time. What was asked may be asked again later. */
export class VectorStoreUnavailableError extends Error {
  override readonly name = 'VectorStoreUnavailableError';
  readonly code = 'STORE_UNAVAILABLE';
  readonly store = 'weaviate';
}

/** The collection or the tenant that a write needs is not there: it was never made, or dropped meanwhile. */
export class ProjectionMissingError extends Error {
  override readonly name = 'ProjectionMissingError';
  readonly code = 'PROJECTION_MISSING';
}

/** The active projection holds vectors of another embedding version than the query. */
export class EmbeddingVersionMismatchError extends Error {
  override readonly name = 'EmbeddingVersionMismatchError';
  readonly code = 'EMBEDDING_VERSION_MISMATCH';
}

export interface RefusedChunk {
  readonly ownerId: string;
  readonly chunkNumber: number;
  readonly reason: string;
}

/** Weaviate took the batch but refused some of its chunks; the others are stored. */
export class ChunksRefusedError extends Error {
  override readonly name = 'ChunksRefusedError';
  readonly code = 'CHUNKS_REFUSED';
  readonly refused: readonly RefusedChunk[];
  constructor(refused: readonly RefusedChunk[]) {
    const [first] = refused;
    super(
      `${refused.length} chunks were refused; the first, ${first?.ownerId}#${first?.chunkNumber}: ${first?.reason}`,
    );
    this.refused = refused;
  }
}
