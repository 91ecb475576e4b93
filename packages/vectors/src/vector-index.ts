import weaviate from 'weaviate-client';
import type { ChunkRecord, StoredChunk } from './chunk-record.ts';
import { ProjectionMissingError } from './errors.ts';
import { collectionName, type ProjectionTarget, type VectorSpace, weaviateTenant } from './projection-target.ts';
import type { Hit } from './read/hit.ts';
import { Reader, type SearchPage, type SearchRequest, type SimilarRequest } from './read/reader.ts';
import { Connection, type ConnectionConfig, WRITE_MS } from './store/connection.ts';
import { Inspection, type OwnerCounts } from './store/inspection.ts';
import { Pointer } from './store/pointer.ts';
import { ensureChunkCollection, ensurePointerCollection } from './store/schema.ts';
import { ChunkWriter, type ReplaceResult } from './write/chunk-writer.ts';

/**
 * The vector store: the one door to Weaviate. Every method throws VectorStoreUnavailableError while Weaviate does not
 * answer (reads within 4 s) and works again by itself when it does. Reads follow the tenant's active generation and
 * return null while there is none; writes name their target and throw ProjectionMissingError when it does not exist.
 */
export interface VectorIndex {
  ready(): Promise<boolean>;
  close(): Promise<void>;

  /** Creates the collection of an embedding version, and that of the pointers, when they are missing. */
  ensureCollection(space: VectorSpace): Promise<void>;
  /** Creates the target's collection and tenant when they are missing. Reads do not see it before `activate`. */
  ensureTenant(target: ProjectionTarget): Promise<void>;
  /** Which generation answers, or null. */
  activeTarget(tenantId: string): Promise<ProjectionTarget | null>;
  /** Lets a target answer from now on; a newer active generation is left alone. */
  activate(target: ProjectionTarget): Promise<'moved' | 'superseded'>;
  /** Deletes a generation with all its chunks. One that does not exist is no error. */
  dropTenant(target: ProjectionTarget): Promise<void>;
  /** Generations of a tenant that exist in a version's collection, oldest first. */
  generations(tenantId: string, version: string): Promise<number[]>;

  /** Inserts or overwrites chunks by (owner, number). */
  writeChunks(target: ProjectionTarget, revision: number, chunks: readonly ChunkRecord[]): Promise<void>;
  /** Makes the target hold exactly these chunks of a conversation, unless it holds a newer revision. */
  replaceConversation(
    target: ProjectionTarget,
    conversationId: string,
    revision: number,
    chunks: readonly ChunkRecord[],
  ): Promise<ReplaceResult>;
  /** Returns the number of chunks deleted. */
  deleteOwners(target: ProjectionTarget, ownerIds: readonly string[]): Promise<number>;
  /** Returns the number of chunks deleted. */
  deleteConversations(target: ProjectionTarget, conversationIds: readonly string[]): Promise<number>;

  countOwners(target: ProjectionTarget): Promise<OwnerCounts>;
  listChunks(target: ProjectionTarget): AsyncIterable<StoredChunk>;
  /** Vectors stored but not yet searchable; 0 means that everything written answers. Null: no such target. */
  indexingQueueLength(target: ProjectionTarget): Promise<number | null>;

  /** One hit per owner. Throws EmbeddingVersionMismatchError when the query's vector belongs to another version. */
  search(request: SearchRequest): Promise<SearchPage | null>;
  /** Vectors of at most 1,000 owners, read in one query. */
  vectorsOfOwners(tenantId: string, ownerIds: readonly string[]): Promise<Map<string, Float32Array> | null>;
  similar(request: SimilarRequest): Promise<Hit[] | null>;
}

/** Opens nothing yet: the first call connects. */
export function openVectorIndex(config: ConnectionConfig): VectorIndex {
  const connection = new Connection(config);
  const pointer = new Pointer(connection);
  const writer = new ChunkWriter(connection);
  const reader = new Reader(connection, pointer);
  const inspection = new Inspection(connection);
  const { byProperty } = weaviate.filter;

  return {
    ready: () => connection.ready(),
    close: () => connection.close(),

    ensureCollection: (space) =>
      connection.call('Create the collections', WRITE_MS, async (client) => {
        await ensureChunkCollection(client, space.id);
        await ensurePointerCollection(client);
      }),
    ensureTenant: (target) =>
      connection.call('Create a tenant', WRITE_MS, async (client) => {
        await ensureChunkCollection(client, target.version);
        const name = weaviateTenant(target);
        await client.collections.use(collectionName(target.version)).tenants.create([{ name }]);
      }),
    activeTarget: (tenantId) => pointer.read(tenantId, { fresh: true }),
    activate: (target) => pointer.move(target),
    dropTenant: async (target) => {
      try {
        await connection.call('Drop a tenant', WRITE_MS, (client) =>
          client.collections.use(collectionName(target.version)).tenants.remove([weaviateTenant(target)]),
        );
      } catch (error) {
        if (!(error instanceof ProjectionMissingError)) throw error;
      }
    },
    generations: (tenantId, version) => inspection.generations(tenantId, version),

    writeChunks: (target, revision, chunks) => writer.write(target, revision, chunks),
    replaceConversation: (target, conversationId, revision, chunks) =>
      writer.replaceConversation(target, conversationId, revision, chunks),
    deleteOwners: async (target, ownerIds) =>
      ownerIds.length === 0 ? 0 : writer.deleteWhere(target, byProperty('ownerId').containsAny([...ownerIds])),
    deleteConversations: async (target, conversationIds) =>
      conversationIds.length === 0
        ? 0
        : writer.deleteWhere(target, byProperty('conversationId').containsAny([...conversationIds])),

    countOwners: (target) => inspection.countOwners(target),
    listChunks: (target) => inspection.listChunks(target),
    indexingQueueLength: (target) => inspection.indexingQueueLength(target),

    search: (request) => reader.search(request),
    vectorsOfOwners: (tenantId, ownerIds) => reader.vectorsOfOwners(tenantId, ownerIds),
    similar: (request) => reader.similar(request),
  };
}
