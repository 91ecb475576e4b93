export { createEmbedder } from './create.ts';
export type { Embedder, EmbedderConfig, EmbeddingVersion, TextChunk } from './embedder.ts';
export { EmbedderConfigError, EmbedderUnavailableError, EmbeddingFailedError } from './errors.ts';
export { LOCAL_MODELS } from './local/models.ts';
export { textHash } from './text-hash.ts';
