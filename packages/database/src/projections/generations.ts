import type { Projection } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';

/** One build of a tenant's projection. Exactly one is active; at most one is being built aside. */
export interface Generation {
  projection: Projection;
  generation: number;
  state: 'BUILDING' | 'ACTIVE' | 'RETIRED';
  embeddingVersion: string | null;
}

const FIND = `
SELECT projection, generation, state, embedding_version AS "embeddingVersion" FROM intelligence.projection_generations
WHERE tenant_id = $1 AND projection = $2 AND state = $3`;
const CREATE = `
INSERT INTO intelligence.projection_generations (tenant_id, projection, generation, state, embedding_version)
SELECT $1, $2, coalesce(max(generation), 0) + 1, $3, $4 FROM intelligence.projection_generations WHERE tenant_id = $1 AND projection = $2
ON CONFLICT DO NOTHING`;

/** The generation in that state, made when there is none. */
export async function ensureGeneration(
  client: TenantClient,
  projection: Projection,
  state: 'ACTIVE' | 'BUILDING',
  embeddingVersion: string | null,
): Promise<Generation> {
  const find = async () => (await client.query<Generation>(FIND, [client.tenantId, projection, state])).rows[0];
  const existing = await find();
  if (existing) return existing;
  await client.query(CREATE, [client.tenantId, projection, state, embeddingVersion]);
  const created = await find();
  if (!created) throw new Error(`No ${state} generation of ${projection} could be made.`);
  return created;
}

const RETIRE = `UPDATE intelligence.projection_generations SET state = 'RETIRED' WHERE tenant_id = $1 AND projection = $2 AND state = 'ACTIVE'`;
const ACTIVATE = `UPDATE intelligence.projection_generations SET state = 'ACTIVE' WHERE tenant_id = $1 AND projection = $2 AND generation = $3 AND state = 'BUILDING'`;

/** The built generation becomes the active one; the one that was active is retired. */
export async function activateGeneration(
  client: TenantClient,
  projection: Projection,
  generation: number,
): Promise<void> {
  await client.query(RETIRE, [client.tenantId, projection]);
  await client.query(ACTIVATE, [client.tenantId, projection, generation]);
}

const RETIRE_ONE = `UPDATE intelligence.projection_generations SET state = 'RETIRED' WHERE tenant_id = $1 AND projection = $2 AND generation = $3`;

/** Gives up a generation that was being built. */
export async function retireGeneration(
  client: TenantClient,
  projection: Projection,
  generation: number,
): Promise<void> {
  await client.query(RETIRE_ONE, [client.tenantId, projection, generation]);
}

const RETIRED = `
SELECT projection, generation, state, embedding_version AS "embeddingVersion" FROM intelligence.projection_generations
WHERE tenant_id = $1 AND projection = $2 AND state = 'RETIRED' ORDER BY generation`;

/** Generations that no longer answer and whose data in the store may go. */
export async function retiredGenerations(client: TenantClient, projection: Projection): Promise<Generation[]> {
  const { rows } = await client.query<Generation>(RETIRED, [client.tenantId, projection]);
  return rows;
}

const FORGET = `DELETE FROM intelligence.projection_generations WHERE tenant_id = $1 AND projection = $2 AND generation = $3 AND state = 'RETIRED'`;

/** Forgets a retired generation, once the store holds nothing of it any more. */
export async function forgetGeneration(
  client: TenantClient,
  projection: Projection,
  generation: number,
): Promise<void> {
  await client.query(FORGET, [client.tenantId, projection, generation]);
}

const CLEAR = `DELETE FROM intelligence.conversation_projections WHERE tenant_id = $1 AND projection = $2 AND generation = $3`;

/** Notes that the store holds nothing of this generation: everything is due again. */
export async function clearGeneration(client: TenantClient, projection: Projection, generation: number): Promise<void> {
  await client.query(CLEAR, [client.tenantId, projection, generation]);
}
