import type { SearchKind } from '@colloquy/domain';
import type { Hit, VectorIndex } from '@colloquy/vectors';
import DataLoader from 'dataloader';

export interface SimilarKey {
  readonly ownerId: string;
  readonly kind: SearchKind;
  readonly limit: number;
  readonly minScore: number;
}

/** Questions to Weaviate at a time, so that one operation over many items does not take it all. */
const PARALLEL = 8;
/** As many owners as their vectors are read of in one query. */
const BATCH = 1_000;

export type SimilarLoader = DataLoader<SimilarKey, readonly Hit[] | null, string>;

/** Reads the vectors of all owners in one query, then asks once per distinct question, eight at a time. */
export function createSimilarLoader(
  index: VectorIndex,
  tenantId: string,
  toError: (error: unknown) => unknown,
): SimilarLoader {
  const load = async (keys: readonly SimilarKey[]): Promise<(readonly Hit[] | null)[]> => {
    try {
      const vectors = await index.vectorsOfOwners(tenantId, [...new Set(keys.map(({ ownerId }) => ownerId))]);
      return await inLanes(keys, (key) => similar(index, tenantId, key, vectors?.get(key.ownerId)));
    } catch (error) {
      throw toError(error);
    }
  };
  return new DataLoader(load, {
    maxBatchSize: BATCH,
    cacheKeyFn: ({ ownerId, kind, limit, minScore }) => `${ownerId} ${kind} ${limit} ${minScore}`,
  });
}

/** Null when the owner is not projected. */
async function similar(
  index: VectorIndex,
  tenantId: string,
  { ownerId, kind, limit, minScore }: SimilarKey,
  vector: Float32Array | undefined,
): Promise<readonly Hit[] | null> {
  if (!vector) return null;
  return index.similar({ tenantId, vector, excludeOwner: ownerId, limit, minScore, filter: { kinds: [kind] } });
}

/** Applies a task to every value, a few at a time; results in the order of the values. Stops at the first failure. */
async function inLanes<V, R>(values: readonly V[], task: (value: V) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const entries = values.entries();
  const lane = async () => {
    for (const [at, value] of entries) results[at] = await task(value);
  };
  await Promise.all(Array.from({ length: PARALLEL }, lane));
  return results;
}
