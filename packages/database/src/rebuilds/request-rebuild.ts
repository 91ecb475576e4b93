import { mintUuid, type Projection } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';
import { enqueue } from '../jobs/enqueue.ts';

const INSERT = `
INSERT INTO intelligence.projection_runs (tenant_id, id, projection, created_by) VALUES ($1, $2, $3, $4)
ON CONFLICT (tenant_id, projection) WHERE status IN ('PENDING', 'PROCESSING') DO NOTHING`;
// The open run is locked, so that it cannot end between being found and being handed out.
const OPEN = `
SELECT id FROM intelligence.projection_runs
WHERE tenant_id = $1 AND projection = $2 AND status IN ('PENDING', 'PROCESSING') FOR UPDATE`;

/** Asks for a projection to be rebuilt; the id of the run, which is the open one when there is one. */
export async function requestRebuild(client: TenantClient, projection: Projection, userId: string): Promise<string> {
  const { tenantId } = client;
  for (;;) {
    const runId = mintUuid();
    const inserted = await client.query(INSERT, [tenantId, runId, projection, userId]);
    if (inserted.rowCount === 1) {
      const options = { key: `run:${runId}`, queue: `project:${tenantId}` };
      await enqueue(client, 'rebuild-projection', { tenantId, runId }, options);
      return runId;
    }
    const { rows } = await client.query<{ id: string }>(OPEN, [tenantId, projection]);
    if (rows[0]) return rows[0].id;
  }
}
