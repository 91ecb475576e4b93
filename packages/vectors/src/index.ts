export type { ChunkRecord, StoredChunk } from './chunk-record.ts';
export {
  ChunksRefusedError,
  EmbeddingVersionMismatchError,
  ProjectionMissingError,
  type RefusedChunk,
  VectorStoreUnavailableError,
} from './errors.ts';
export { collectionName, type ProjectionTarget, type VectorSpace, weaviateTenant } from './projection-target.ts';
export type { Hit } from './read/hit.ts';
export type { SearchPage, SearchRequest, SimilarRequest } from './read/reader.ts';
export type { SearchFilter } from './read/search-filter.ts';
export { WINDOW } from './read/window.ts';
export type { ConnectionConfig, ConnectionLog } from './store/connection.ts';
export type { OwnerCounts } from './store/inspection.ts';
export { openVectorIndex, type VectorIndex } from './vector-index.ts';
export type { ReplaceResult } from './write/chunk-writer.ts';
export { objectId } from './write/object-id.ts';
