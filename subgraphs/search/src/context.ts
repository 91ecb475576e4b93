import { type Viewer, viewerFromClaims } from '@colloquy/domain';
import { type Identity, type Log, readClaims } from '@colloquy/service';
import type { VectorIndex } from '@colloquy/vectors';
import { toClientError } from './errors.ts';
import type { QueryEmbedder } from './query-embedder.ts';
import { createSimilarLoader, type SimilarLoader } from './similar/similar-loader.ts';

/** What the process has once. */
export interface SearchParts {
  readonly index: VectorIndex;
  readonly embedder: QueryEmbedder;
  readonly log: Log;
}

/** What the resolvers of one operation have at hand. */
export interface SearchContext extends SearchParts {
  readonly viewer: Viewer;
  readonly similar: SimilarLoader;
}

/** Throws UnauthenticatedError when the identity's claims name no tenant. */
export function createContext(parts: SearchParts, identity: Identity): SearchContext {
  const viewer = readClaims(identity, viewerFromClaims);
  const similar = createSimilarLoader(parts.index, viewer.tenantId, (error) => toClientError(error, parts.log));
  return { ...parts, viewer, similar };
}
