import type { SearchKind } from '@colloquy/domain';
import weaviate, { Filters, type WeaviateClient } from 'weaviate-client';
import type { StoredChunk } from '../chunk-record.ts';
import { collectionName, type ProjectionTarget, weaviateTenant } from '../projection-target.ts';
import { chunksOf } from './chunk-properties.ts';
import { type Connection, READ_MS } from './connection.ts';

const PAGE = 500;

export interface OwnerCounts {
  readonly items: number;
  readonly messages: number;
  readonly chunks: number;
}

/** Looks into one target, active or not, for checks and progress. */
export class Inspection {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async countOwners(target: ProjectionTarget): Promise<OwnerCounts> {
    const count = (kind?: SearchKind) =>
      this.#connection.call('Count chunks', READ_MS, (client) => countChunks(client, target, kind));
    const [items, messages, chunks] = await Promise.all([count('ITEM'), count('MESSAGE'), count()]);
    return { items, messages, chunks };
  }

  /** Every chunk, in the order of object ids, read page by page. */
  async *listChunks(target: ProjectionTarget): AsyncGenerator<StoredChunk> {
    let after: string | undefined;
    do {
      const page = await this.#connection.call('List chunks', READ_MS, (client, abortSignal) =>
        chunksOf(client, target).query.fetchObjects({ limit: PAGE, ...(after ? { after } : {}) }, { abortSignal }),
      );
      for (const { uuid, properties } of page.objects) {
        const { ownerId, chunkNumber, start, end, content, conversationId, revision } = properties;
        const ownerKind = properties.ownerKind as SearchKind;
        yield { objectId: uuid, ownerId, ownerKind, chunkNumber, start, end, content, conversationId, revision };
      }
      after = page.objects.length === PAGE ? page.objects.at(-1)?.uuid : undefined;
    } while (after);
  }

  /** Vectors that are stored but not yet in the index; null when the target does not exist. */
  async indexingQueueLength(target: ProjectionTarget): Promise<number | null> {
    const nodes = await this.#connection.call('Read the indexing queue', READ_MS, (client) =>
      client.cluster.nodes({ collection: collectionName(target.version), output: 'verbose' }),
    );
    const tenant = weaviateTenant(target);
    const shards = nodes.flatMap((node) => node.shards ?? []).filter((shard) => shard.name === tenant);
    if (shards.length === 0) return null;
    return shards.reduce((sum, shard) => sum + shard.vectorQueueLength, 0);
  }

  /** Generations of a tenant that exist in a version's collection, oldest first. */
  async generations(tenantId: string, version: string): Promise<number[]> {
    const prefix = `${tenantId}_`;
    const tenants = await this.#connection.call('List generations', READ_MS, async (client) => {
      const collection = client.collections.use(collectionName(version));
      return (await collection.exists()) ? collection.tenants.get() : {};
    });
    return Object.keys(tenants)
      .filter((name) => name.startsWith(prefix))
      .map((name) => Number(name.slice(prefix.length)))
      .sort((a, b) => a - b);
  }
}

/** Every owner has exactly one chunk of number 0. */
async function countChunks(client: WeaviateClient, target: ProjectionTarget, kind?: SearchKind): Promise<number> {
  const { byProperty } = weaviate.filter;
  const filters = kind
    ? Filters.and(byProperty('chunkNumber').equal(0), byProperty('ownerKind').equal(kind))
    : undefined;
  const { totalCount } = await chunksOf(client, target).aggregate.overAll(filters ? { filters } : {});
  return totalCount;
}
