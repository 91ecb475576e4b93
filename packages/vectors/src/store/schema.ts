import weaviate, { type WeaviateClient } from 'weaviate-client';
import { collectionName } from '../projection-target.ts';
import type { ChunkProperties } from './chunk-properties.ts';

export const POINTER_COLLECTION = 'ProjectionPointer';

const { configure } = weaviate;
const { vectorIndex } = configure;

/**
 * Up to so many chunks of a tenant every vector is looked at (as bits, the best candidates again in full); beyond it
 * Weaviate makes the tenant a graph index by itself. Measured in README.md: more exact and far cheaper to fill.
 */
const FLAT_UP_TO = 50_000;
const RESCORED = 1_000;
const quantizer = vectorIndex.quantizer.bq({ cache: true, rescoreLimit: RESCORED });
const flat = vectorIndex.flat({ distanceMetric: 'cosine', quantizer });
const hnsw = vectorIndex.hnsw({ distanceMetric: 'cosine' });
/** Compared as a whole: ids and closed sets. */
const NAME = { dataType: 'text', tokenization: 'field', indexFilterable: true, indexSearchable: false } as const;
/** Read back, never asked for. */
const STORED = { indexFilterable: false, indexSearchable: false } as const;

/** Creates the collection of an embedding version when it is missing. Any number of processes may do so at once. */
export async function ensureChunkCollection(client: WeaviateClient, version: string): Promise<void> {
  const name = collectionName(version);
  if (await client.collections.exists(name)) return;
  await unlessItExists(
    client.collections.create<ChunkProperties>({
      name,
      description: `Chunks of items and messages with vectors of ${version}. A projection: PostgreSQL is the truth.`,
      multiTenancy: configure.multiTenancy({ enabled: true, autoTenantCreation: false, autoTenantActivation: true }),
      vectorizers: configure.vectors.selfProvided({
        vectorIndexConfig: configure.vectorIndex.dynamic({
          distanceMetric: 'cosine',
          threshold: FLAT_UP_TO,
          flat,
          hnsw,
        }),
      }),
      properties: [
        { name: 'content', dataType: 'text', tokenization: 'word', indexFilterable: false, indexSearchable: true },
        { name: 'ownerId', ...NAME },
        { name: 'ownerKind', ...NAME },
        { name: 'conversationId', ...NAME },
        { name: 'platform', ...NAME },
        { name: 'intelligenceType', ...NAME },
        { name: 'confidenceScore', dataType: 'number', indexFilterable: true, indexRangeFilters: true },
        { name: 'tags', ...NAME, dataType: 'text[]' },
        { name: 'role', ...NAME },
        { name: 'hidden', dataType: 'boolean', indexFilterable: true },
        { name: 'ordinary', dataType: 'boolean', indexFilterable: true },
        { name: 'occurredAt', dataType: 'date', indexFilterable: true, indexRangeFilters: true },
        { name: 'start', dataType: 'int', ...STORED },
        { name: 'end', dataType: 'int', ...STORED },
        { name: 'chunkNumber', dataType: 'int', indexFilterable: true },
        { name: 'revision', dataType: 'int', indexFilterable: true },
      ],
    }),
  );
}

/** Creates the collection that says which generation of a tenant's projection answers. */
export async function ensurePointerCollection(client: WeaviateClient): Promise<void> {
  if (await client.collections.exists(POINTER_COLLECTION)) return;
  await unlessItExists(
    client.collections.create({
      name: POINTER_COLLECTION,
      description: 'Per tenant: the embedding version and generation of the projection that answers.',
      vectorizers: configure.vectors.selfProvided({ vectorIndexConfig: configure.vectorIndex.hnsw({ skip: true }) }),
      properties: [
        { name: 'tenantId', ...NAME },
        { name: 'version', ...NAME },
        { name: 'generation', dataType: 'int', ...STORED },
      ],
    }),
  );
}

async function unlessItExists(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    // Two processes may find it missing at the same moment; the second one has what it wanted.
    if (!(error instanceof Error && /already exists/u.test(error.message))) throw error;
  }
}
