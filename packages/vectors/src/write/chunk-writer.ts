import weaviate, { Filters, type FilterValue, type WeaviateClient } from 'weaviate-client';
import type { ChunkRecord } from '../chunk-record.ts';
import { ChunksRefusedError, ProjectionMissingError, type RefusedChunk } from '../errors.ts';
import { collectionName, type ProjectionTarget } from '../projection-target.ts';
import { chunksOf } from '../store/chunk-properties.ts';
import { type Connection, READ_MS, WRITE_MS } from '../store/connection.ts';
import { classifyFailure } from '../store/failures.ts';
import { Slots } from '../store/slots.ts';
import { chunkObject } from './chunk-object.ts';

/** Measured best with asynchronous indexing: four batches of 200 at a time. More only lengthens Weaviate's queue. */
const BATCH = 200;
const PARALLEL = 4;

/** Whether a conversation was written, or left alone because a newer revision of it is stored. */
export interface ReplaceResult {
  readonly outcome: 'written' | 'superseded';
  readonly written: number;
  readonly deleted: number;
}

/** Writes chunks. The limit of parallel batches holds for all calls together, so that writers wait, not Weaviate. */
export class ChunkWriter {
  readonly #connection: Connection;
  readonly #slots = new Slots(PARALLEL);

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Inserts or overwrites; the same chunks again change nothing. Throws ProjectionMissingError when the target was not
   * made or was dropped, ChunksRefusedError when Weaviate refused some chunks (the others are stored then).
   */
  async write(target: ProjectionTarget, revision: number, chunks: readonly ChunkRecord[]): Promise<void> {
    if (chunks.length === 0) return;
    await this.#requireCollection(target);
    const starts = Array.from({ length: Math.ceil(chunks.length / BATCH) }, (_, index) => index * BATCH);
    const outcomes = await Promise.allSettled(
      starts.map((at) => this.#slots.run(() => this.#writeBatch(target, revision, chunks.slice(at, at + BATCH)))),
    );
    const refused: RefusedChunk[] = [];
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      if (!(outcome.reason instanceof ChunksRefusedError)) throw outcome.reason;
      refused.push(...outcome.reason.refused);
    }
    if (refused.length > 0) throw new ChunksRefusedError(refused);
  }

  /** Makes the target hold exactly these chunks of a conversation; a stored newer revision wins. */
  async replaceConversation(
    target: ProjectionTarget,
    conversationId: string,
    revision: number,
    chunks: readonly ChunkRecord[],
  ): Promise<ReplaceResult> {
    if (await this.#hasNewer(target, conversationId, revision))
      return { outcome: 'superseded', written: 0, deleted: 0 };
    await this.write(target, revision, chunks);
    const { byProperty } = weaviate.filter;
    const deleted = await this.deleteWhere(
      target,
      Filters.and(byProperty('conversationId').equal(conversationId), byProperty('revision').lessThan(revision)),
    );
    return { outcome: 'written', written: chunks.length, deleted };
  }

  /** Deletes in rounds, because Weaviate deletes a limited number at once. Returns how many chunks went. */
  async deleteWhere(target: ProjectionTarget, filter: FilterValue): Promise<number> {
    for (let deleted = 0; ; ) {
      const round = await this.#connection.call('Delete chunks', WRITE_MS, (client) =>
        chunksOf(client, target).data.deleteMany(filter),
      );
      deleted += round.successful;
      if (round.failed > 0) throw new Error(`Weaviate could not delete ${round.failed} of ${round.matches} chunks.`);
      if (round.matches === 0 || round.successful === 0) return deleted;
    }
  }

  async #hasNewer(target: ProjectionTarget, conversationId: string, revision: number): Promise<boolean> {
    const { byProperty } = weaviate.filter;
    const filters = Filters.and(
      byProperty('conversationId').equal(conversationId),
      byProperty('revision').greaterThan(revision),
    );
    const { objects } = await this.#connection.call('Look for a newer revision', READ_MS, (client, abortSignal) =>
      chunksOf(client, target).query.fetchObjects(
        { filters, limit: 1, returnProperties: ['revision'] },
        { abortSignal },
      ),
    );
    return objects.length > 0;
  }

  /** Writing to a collection that is missing would make Weaviate guess one, without tenants. */
  async #requireCollection(target: ProjectionTarget): Promise<void> {
    const name = collectionName(target.version);
    const exists = await this.#connection.call('Find the collection', READ_MS, (client) =>
      client.collections.exists(name),
    );
    if (!exists) throw new ProjectionMissingError(`The collection ${name} is missing.`);
  }

  #writeBatch(target: ProjectionTarget, revision: number, chunks: readonly ChunkRecord[]): Promise<void> {
    return this.#connection.call('Write chunks', WRITE_MS, (client) => insert(client, target, revision, chunks));
  }
}

/** A batch does not fail as a whole: each object has its own answer. */
async function insert(
  client: WeaviateClient,
  target: ProjectionTarget,
  revision: number,
  chunks: readonly ChunkRecord[],
): Promise<void> {
  const objects = chunks.map((chunk) => chunkObject(chunk, target.version, revision));
  const result = await chunksOf(client, target).data.insertMany(objects);
  if (!result.hasErrors) return;
  const refused = Object.entries(result.errors).map(([index, { message }]) => {
    const chunk = chunks[Number(index)];
    return { ownerId: chunk?.ownerId ?? '', chunkNumber: chunk?.chunkNumber ?? 0, reason: message };
  });
  const failure = classifyFailure(new Error(refused[0]?.reason), 'Write chunks');
  if ((failure as { code?: string }).code !== undefined) throw failure;
  throw new ChunksRefusedError(refused);
}
