import type { SearchKind, SearchMode } from '@colloquy/domain';
import type { FilterValue } from 'weaviate-client';
import type { ChunkCollection, ChunkProperties } from '../store/chunk-properties.ts';
import type { MatchedChunk } from './ranking.ts';
import { fusedScore, keywordScore, similarityScore } from './scores.ts';

/** Weight of the vector part against the keyword part; measured in subgraphs/search/evaluation. */
const ALPHA = 0.65;

const WITHOUT_TEXT = ['ownerId', 'ownerKind'] as const;
const WITH_TEXT = [...WITHOUT_TEXT, 'content', 'start', 'end'] as const;

export interface MatchRequest {
  readonly mode: SearchMode;
  readonly text: string;
  /** Unit vector of the query; needed by VECTOR and HYBRID. */
  readonly vector?: Float32Array | undefined;
  readonly filters: FilterValue | undefined;
  readonly limit: number;
  /** Whether to read the chunks' texts along; for a large window that is a query of its own, of one page. */
  readonly withText: boolean;
  readonly signal: AbortSignal;
  /** Overrides the weight of the vector part, for measurements. */
  readonly alpha?: number | undefined;
}

/** The best chunks of one query, unordered. */
export async function matchChunks(chunks: ChunkCollection, request: MatchRequest): Promise<MatchedChunk[]> {
  const { mode, text, limit, signal: abortSignal } = request;
  const common = {
    limit,
    returnProperties: [...(request.withText ? WITH_TEXT : WITHOUT_TEXT)],
    ...(request.filters ? { filters: request.filters } : {}),
  };
  if (mode === 'KEYWORD') {
    const options = { ...common, queryProperties: ['content' as const], returnMetadata: ['score' as const] };
    const { objects } = await chunks.query.bm25(text, options, { abortSignal });
    return objects.map((object) => matched(object, keywordScore(object.metadata?.score ?? 0)));
  }
  const vector = Array.from(required(request.vector, mode));
  if (mode === 'VECTOR') {
    const options = { ...common, returnMetadata: ['distance' as const] };
    const { objects } = await chunks.query.nearVector(vector, options, { abortSignal });
    return objects.map((object) => matched(object, similarityScore(object.metadata?.distance ?? 1)));
  }
  const { objects } = await chunks.query.hybrid(
    text,
    {
      ...common,
      vector,
      alpha: request.alpha ?? ALPHA,
      fusionType: 'RelativeScore',
      queryProperties: ['content'],
      returnMetadata: ['score'],
    },
    { abortSignal },
  );
  return objects.map((object) => matched(object, fusedScore(object.metadata?.score ?? 0)));
}

function matched(object: { uuid: string; properties: ChunkProperties }, score: number): MatchedChunk {
  const { ownerId, ownerKind, content, start, end } = object.properties;
  const text = content === undefined ? null : { content, start, end };
  return { objectId: object.uuid, ownerId, ownerKind: ownerKind as SearchKind, score, text };
}

function required(vector: Float32Array | undefined, mode: SearchMode): Float32Array {
  if (vector) return vector;
  throw new TypeError(`A search of mode ${mode} needs the vector of its text.`);
}
