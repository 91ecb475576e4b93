import type { Projection } from '@colloquy/domain';
import type { Database } from '../connection/database.ts';
import { inTenant, type TenantClient } from '../connection/tenant.ts';
import { LeaseLostError } from '../errors.ts';

/** The right to work on a rebuild, until another worker takes it over. */
export interface RunLease {
  tenantId: string;
  userId: string;
  runId: string;
  projection: Projection;
  generation: number | null;
  fence: string;
}

const TAKE = `
UPDATE intelligence.projection_runs SET fence = fence + 1, status = 'PROCESSING'
WHERE tenant_id = $1 AND id = $2 AND status IN ('PENDING', 'PROCESSING')
RETURNING projection, generation, fence::text, created_by AS "userId"`;

/** Null when the run is over. */
export async function takeRun(database: Database, tenantId: string, runId: string): Promise<RunLease | null> {
  return inTenant(database, { tenantId, userId: null }, async (client) => {
    const { rows } = await client.query<Omit<RunLease, 'tenantId' | 'runId'>>(TAKE, [tenantId, runId]);
    const [row] = rows;
    return row ? { tenantId, runId, ...row } : null;
  });
}

export interface RunStep {
  generation: number;
  done: number;
  total: number;
  waitingFor: string | null;
  finished: boolean;
}

const ADVANCE = `
UPDATE intelligence.projection_runs SET generation = $4, done = $5, total = $6, waiting_for = $7,
  status = CASE WHEN $8 THEN 'COMPLETED'::intelligence.run_status ELSE status END, completed_at = CASE WHEN $8 THEN clock_timestamp() END
WHERE tenant_id = $1 AND id = $2 AND fence = $3 AND status = 'PROCESSING'`;

/** One step of a rebuild, all or nothing. Throws LeaseLostError when another worker has the run. */
export function runStep(
  database: Database,
  lease: RunLease,
  work: (client: TenantClient) => Promise<RunStep>,
): Promise<RunStep> {
  return inTenant(database, lease, async (client) => {
    const step = await work(client);
    const { rowCount } = await client.query(ADVANCE, [
      lease.tenantId,
      lease.runId,
      lease.fence,
      step.generation,
      step.done,
      step.total,
      step.waitingFor,
      step.finished,
    ]);
    if (rowCount !== 1) throw new LeaseLostError(`Run ${lease.runId} was taken over by another worker.`);
    return step;
  });
}

const FAIL = `
UPDATE intelligence.projection_runs SET status = 'FAILED', error_message = $4, completed_at = clock_timestamp()
WHERE tenant_id = $1 AND id = $2 AND fence = $3 AND status = 'PROCESSING'`;

export async function failRun(client: TenantClient, lease: RunLease, message: string): Promise<void> {
  await client.query(FAIL, [lease.tenantId, lease.runId, lease.fence, message]);
}

const PROGRESS = `
SELECT count(*)::int AS total, count(*) FILTER (WHERE cp.revision IS NOT NULL)::int AS done
FROM intelligence.conversations c
LEFT JOIN intelligence.conversation_projections cp
  ON cp.tenant_id = c.tenant_id AND cp.conversation_id = c.id AND cp.projection = $2::intelligence.projection AND cp.generation = $3
WHERE c.tenant_id = $1`;

/** How many of the tenant's conversations a generation holds. */
export async function generationProgress(
  client: TenantClient,
  projection: Projection,
  generation: number,
): Promise<{ done: number; total: number }> {
  const { rows } = await client.query<{ done: number; total: number }>(PROGRESS, [
    client.tenantId,
    projection,
    generation,
  ]);
  return rows[0] ?? { done: 0, total: 0 };
}
