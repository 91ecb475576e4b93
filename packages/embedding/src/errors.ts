/** The model cannot be used now (its files are not there yet, or its service cannot be reached); later it may. */
export class EmbedderUnavailableError extends Error {
  override readonly name = 'EmbedderUnavailableError';
  readonly code = 'EMBEDDER_UNAVAILABLE';
}

/** A text could not be embedded though the model is there. */
export class EmbeddingFailedError extends Error {
  override readonly name = 'EmbeddingFailedError';
  readonly code = 'EMBEDDING_FAILED';
}

/** The configuration names a model that does not exist, or lacks what its kind needs. */
export class EmbedderConfigError extends Error {
  override readonly name = 'EmbedderConfigError';
  readonly code = 'EMBEDDER_CONFIG';
}
