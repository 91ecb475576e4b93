import type { SearchMode } from '@colloquy/domain';
import weaviate, { Filters } from 'weaviate-client';
import { EmbeddingVersionMismatchError, ProjectionMissingError } from '../errors.ts';
import type { ProjectionTarget } from '../projection-target.ts';
import { type ChunkCollection, chunksOf } from '../store/chunk-properties.ts';
import { type Connection, READ_MS } from '../store/connection.ts';
import type { Pointer } from '../store/pointer.ts';
import type { Hit } from './hit.ts';
import { matchChunks } from './matching.ts';
import { meanOfChunks } from './owner-vectors.ts';
import { type ChunkText, type MatchedChunk, rankOwners } from './ranking.ts';
import { type SearchFilter, weaviateFilter } from './search-filter.ts';
import { snippet } from './snippet.ts';
import { rankWindow, WINDOW } from './window.ts';

/** Chunks beyond these say little more of what a long text is about. */
const CHUNKS_PER_OWNER_VECTOR = 8;
const OWNERS_PER_QUERY = 1_000;

export interface SearchRequest {
  readonly tenantId: string;
  readonly mode: SearchMode;
  readonly text: string;
  /** Vector of the text, and the embedding version it belongs to; needed by VECTOR and HYBRID. */
  readonly query?: { readonly vector: Float32Array; readonly version: string } | undefined;
  readonly limit: number;
  readonly offset?: number | undefined;
  readonly filter?: SearchFilter | undefined;
  /** Overrides the weight of the vector part in HYBRID, for measurements. */
  readonly alpha?: number | undefined;
}

export interface SearchPage {
  readonly hits: readonly Hit[];
  readonly hasMore: boolean;
  /** Owners that match, or null when more chunks match than one query ranks. */
  readonly total: number | null;
}

export interface SimilarRequest {
  readonly tenantId: string;
  readonly vector: Float32Array;
  readonly excludeOwner?: string | undefined;
  readonly limit: number;
  /** Least cosine similarity, 0..1. */
  readonly minScore: number;
  readonly filter?: SearchFilter | undefined;
}

/** Reads of a tenant's active projection; null means that it has none yet. */
export class Reader {
  readonly #connection: Connection;
  readonly #pointer: Pointer;

  constructor(connection: Connection, pointer: Pointer) {
    this.#connection = connection;
    this.#pointer = pointer;
  }

  async search(request: SearchRequest): Promise<SearchPage | null> {
    const { mode, text, query, limit, offset = 0, alpha } = request;
    const filters = weaviateFilter(request.filter ?? {});
    return this.#onActive(request.tenantId, 'Search', async (chunks, target, signal) => {
      if (query && query.version !== target.version) throw mismatch(target.version, query.version);
      const match = { mode, text, vector: query?.vector, filters, withText: false, signal, alpha };
      const { owners, complete } = await rankWindow(
        (window) => matchChunks(chunks, { ...match, limit: window }),
        offset + limit,
      );
      const page = await withTexts(chunks, owners.slice(offset, offset + limit), signal);
      const hits = page.flatMap((chunk) => hitOf(chunk, text));
      const total = complete ? owners.length : null;
      return { hits, hasMore: owners.length > offset + limit, total };
    });
  }

  /** One query for all owners; an owner that is not projected is absent from the map. */
  async vectorsOfOwners(tenantId: string, ownerIds: readonly string[]): Promise<Map<string, Float32Array> | null> {
    if (ownerIds.length > OWNERS_PER_QUERY) {
      throw new RangeError(`Expected at most ${OWNERS_PER_QUERY} owners, got ${ownerIds.length}.`);
    }
    if (ownerIds.length === 0) return new Map();
    const { byProperty } = weaviate.filter;
    const filters = Filters.and(
      byProperty('ownerId').containsAny([...ownerIds]),
      byProperty('chunkNumber').lessThan(CHUNKS_PER_OWNER_VECTOR),
    );
    return this.#onActive(tenantId, 'Read vectors', async (chunks, _target, abortSignal) => {
      const limit = ownerIds.length * CHUNKS_PER_OWNER_VECTOR;
      const options = { filters, limit, includeVector: true, returnProperties: ['ownerId'] as 'ownerId'[] };
      const { objects } = await chunks.query.fetchObjects(options, { abortSignal });
      return meanOfChunks(
        objects.map(({ properties, vectors }) => ({
          ownerId: properties.ownerId,
          vector: (vectors as Record<string, number[]>).default ?? [],
        })),
      );
    });
  }

  /** Owners whose best chunk is nearest to a vector. */
  async similar(request: SimilarRequest): Promise<Hit[] | null> {
    const filters = weaviateFilter({ ...request.filter, exceptOwner: request.excludeOwner });
    return this.#onActive(request.tenantId, 'Find what is similar', async (chunks, _target, signal) => {
      const owners = await nearestOwners(chunks, request, filters, signal);
      return owners.flatMap((chunk) => hitOf(chunk, ''));
    });
  }

  /** Follows the pointer; when the generation it names was dropped meanwhile, looks again, once. */
  async #onActive<T>(
    tenantId: string,
    what: string,
    read: (chunks: ChunkCollection, target: ProjectionTarget, signal: AbortSignal) => Promise<T>,
  ): Promise<T | null> {
    for (const fresh of [false, true]) {
      const target = await this.#pointer.read(tenantId, { fresh });
      if (!target) return null;
      try {
        return await this.#connection.call(what, READ_MS, (client, signal) =>
          read(chunksOf(client, target), target, signal),
        );
      } catch (error) {
        if (!(error instanceof ProjectionMissingError)) throw error;
      }
    }
    return null;
  }
}

/** Long owners can fill the first places with their chunks: ask for more until there are enough owners. */
async function nearestOwners(
  chunks: ChunkCollection,
  request: SimilarRequest,
  filters: ReturnType<typeof weaviateFilter>,
  signal: AbortSignal,
): Promise<MatchedChunk[]> {
  const { vector, limit, minScore } = request;
  const query = { mode: 'VECTOR', text: '', vector, filters, withText: true, signal } as const;
  for (let window = Math.min(WINDOW, limit * 3 + 10); ; window = Math.min(WINDOW, window * 4)) {
    const matched = await matchChunks(chunks, { ...query, limit: window });
    const owners = rankOwners(matched.filter(({ score }) => score >= minScore));
    const exhausted = matched.length < window || window === WINDOW || matched.some(({ score }) => score < minScore);
    if (owners.length >= limit || exhausted) return owners.slice(0, limit);
  }
}

/** Reads the texts of one page's chunks. */
async function withTexts(
  chunks: ChunkCollection,
  page: readonly MatchedChunk[],
  abortSignal: AbortSignal,
): Promise<MatchedChunk[]> {
  if (page.length === 0) return [];
  const filters = chunks.filter.byId().containsAny(page.map(({ objectId }) => objectId));
  const { objects } = await chunks.query.fetchObjects(
    { filters, limit: page.length, returnProperties: ['content', 'start', 'end'] },
    { abortSignal },
  );
  const texts = new Map<string, ChunkText>(objects.map((object) => [object.uuid, object.properties]));
  return page.map((chunk) => ({ ...chunk, text: texts.get(chunk.objectId) ?? null }));
}

/** A chunk whose text is gone was replaced while it was being read: it is no hit any more. */
function hitOf({ ownerId, ownerKind, score, text }: MatchedChunk, query: string): Hit[] {
  if (!text) return [];
  return [{ ownerId, ownerKind, score, snippet: snippet(text.content, query), start: text.start, end: text.end }];
}

function mismatch(active: string, asked: string): EmbeddingVersionMismatchError {
  return new EmbeddingVersionMismatchError(
    `The search index holds vectors of ${active}; the query was embedded with ${asked}. Rebuild the search projection.`,
  );
}
