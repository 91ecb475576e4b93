import { v5 } from 'uuid';
import type { WeaviateClient } from 'weaviate-client';
import { ChunksRefusedError, ProjectionMissingError } from '../errors.ts';
import type { ProjectionTarget } from '../projection-target.ts';
import { type Connection, READ_MS, WRITE_MS } from './connection.ts';
import { ensurePointerCollection, POINTER_COLLECTION } from './schema.ts';

const NAMESPACE = '0b8f3a52-74d7-5a0e-9a61-2f1d6f0c7a10';
/** How long a pointer is followed without looking again. A generation that is dropped meanwhile is noticed at once. */
const FRESH_MS = 1_000;

type PointerProperties = { tenantId: string; version: string; generation: number };

/** Says which generation of a tenant's projection answers. */
export class Pointer {
  readonly #connection: Connection;
  readonly #seen = new Map<string, { target: ProjectionTarget; at: number }>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Null when the tenant has no active projection. That is never remembered: the next call looks again. */
  async read(tenantId: string, options: { fresh?: boolean } = {}): Promise<ProjectionTarget | null> {
    const seen = this.#seen.get(tenantId);
    if (seen && !options.fresh && performance.now() - seen.at < FRESH_MS) return seen.target;
    const target = await this.#fetch(tenantId);
    if (target) this.#seen.set(tenantId, { target, at: performance.now() });
    else this.#seen.delete(tenantId);
    return target;
  }

  /** Never goes back: an older generation than the active one (of a worker that slept) is left alone. */
  async move(target: ProjectionTarget): Promise<'moved' | 'superseded'> {
    const active = await this.#fetch(target.tenantId);
    if (active && active.generation > target.generation) return 'superseded';
    await this.#connection.call('Activate a projection', WRITE_MS, async (client) => {
      await ensurePointerCollection(client);
      const { tenantId, version, generation } = target;
      const properties = { tenantId, version, generation };
      const result = await pointers(client).data.insertMany([{ id: v5(tenantId, NAMESPACE), properties }]);
      const [refusal] = Object.values(result.errors);
      if (refusal) throw new ChunksRefusedError([{ ownerId: tenantId, chunkNumber: 0, reason: refusal.message }]);
    });
    this.#seen.delete(target.tenantId);
    return 'moved';
  }

  async #fetch(tenantId: string): Promise<ProjectionTarget | null> {
    try {
      const found = await this.#connection.call('Read the projection pointer', READ_MS, (client, abortSignal) =>
        pointers(client).query.fetchObjectById(v5(tenantId, NAMESPACE), {}, { abortSignal }),
      );
      if (!found) return null;
      return { tenantId, version: found.properties.version, generation: found.properties.generation };
    } catch (error) {
      if (error instanceof ProjectionMissingError) return null;
      throw error;
    }
  }
}

function pointers(client: WeaviateClient) {
  return client.collections.use<string, PointerProperties>(POINTER_COLLECTION);
}
