import type { DeletionKind, DeletionStep } from '@colloquy/domain';
import type { Database } from '../connection/database.ts';
import { inTenant, type TenantClient } from '../connection/tenant.ts';
import { LeaseLostError } from '../errors.ts';
import { COUNT_COLUMNS, COUNTED, type DeletionCounts } from './counts.ts';
import { enqueueDeletion } from './queueing.ts';

/** The right to work on one step of a deletion, until another worker takes it over. */
export interface DeletionLease {
  tenantId: string;
  userId: string;
  deletionId: string;
  kind: DeletionKind;
  /** UUID of what is deleted. */
  subjectId: string;
  step: DeletionStep;
  fence: string;
  waitingFor: string | null;
}

const TAKE = `
UPDATE intelligence.deletions SET fence = fence + 1, status = CASE status WHEN 'PENDING' THEN 'PROCESSING' ELSE status END
WHERE tenant_id = $1 AND id = $2 AND step = $3 AND status <> 'FAILED'
RETURNING kind, subject_id AS "subjectId", step, fence::text, waiting_for AS "waitingFor", created_by AS "userId"`;

/** Takes a step over from whoever had it. Null when the deletion is past it: nothing is left to do. */
export async function takeDeletion(
  database: Database,
  job: { tenantId: string; deletionId: string; step: DeletionStep },
): Promise<DeletionLease | null> {
  const { tenantId, deletionId, step } = job;
  return inTenant(database, { tenantId, userId: null }, async (client) => {
    const { rows } = await client.query<Omit<DeletionLease, 'tenantId' | 'deletionId'>>(TAKE, [
      tenantId,
      deletionId,
      step,
    ]);
    const [row] = rows;
    return row ? { tenantId, deletionId, ...row } : null;
  });
}

/** What a transaction of a deletion did, beside its own rows. */
export interface DeletionProgress {
  counts?: Partial<DeletionCounts>;
  /** The step that follows; absent while this one is not finished. */
  next?: DeletionStep | 'DONE';
}

const ADD = COUNTED.map((name, index) => `${COUNT_COLUMNS[name]} = ${COUNT_COLUMNS[name]} + $${index + 6}`).join(', ');
// Everything is gone, and what was derived anew answers, when SWEEP is all that is left.
const ADVANCE = `
UPDATE intelligence.deletions SET waiting_for = NULL, failures = 0, error_message = NULL,
  status = CASE WHEN $5 THEN 'COMPLETED'::intelligence.run_status ELSE status END,
  completed_at = CASE WHEN $5 THEN clock_timestamp() ELSE completed_at END,
  step = coalesce($4::intelligence.deletion_step, step), ${ADD}
WHERE tenant_id = $1 AND id = $2 AND fence = $3`;

/**
 * Seconds until everything that went is looked for once more: a worker that was frozen in the middle of a write to a
 * projection is found out and ended long before.
 */
const SWEEP_SECONDS = 30;

/** A part of a deletion, all or nothing. Throws LeaseLostError when another worker has it. */
export function deletionStep(
  database: Database,
  lease: DeletionLease,
  work: (client: TenantClient) => Promise<DeletionProgress>,
): Promise<DeletionProgress> {
  return inTenant(database, lease, async (client) => {
    const progress = await work(client);
    const { counts = {}, next = null } = progress;
    const { rowCount } = await client.query(ADVANCE, [
      lease.tenantId,
      lease.deletionId,
      lease.fence,
      next,
      next === 'SWEEP',
      ...COUNTED.map((name) => counts[name] ?? 0),
    ]);
    if (rowCount !== 1) throw new LeaseLostError(`Deletion ${lease.deletionId} was taken over by another worker.`);
    if (next !== null && next !== 'DONE')
      await enqueueDeletion(client, lease.deletionId, next, next === 'SWEEP' ? SWEEP_SECONDS : 0);
    return progress;
  });
}

const WAIT = `
UPDATE intelligence.deletions SET waiting_for = $4 WHERE tenant_id = $1 AND id = $2 AND fence = $3`;

/** Notes what a deletion waits for (null: nothing), and looks again later. */
export async function postponeDeletion(
  client: TenantClient,
  lease: DeletionLease,
  waitingFor: string | null,
  delaySeconds: number,
): Promise<void> {
  const { rowCount } = await client.query(WAIT, [lease.tenantId, lease.deletionId, lease.fence, waitingFor]);
  if (rowCount === 1) await enqueueDeletion(client, lease.deletionId, lease.step, delaySeconds);
}

/** How often a step may break off in a row before the deletion fails. */
const MAX_FAILURES = 8;
// What was completed does not fail when looking once more does.
const FAIL = `
UPDATE intelligence.deletions SET failures = failures + 1, error_message = $4, waiting_for = NULL,
  status = CASE WHEN failures + 1 >= ${MAX_FAILURES} AND status = 'PROCESSING' THEN 'FAILED'::intelligence.run_status ELSE status END
WHERE tenant_id = $1 AND id = $2 AND fence = $3 RETURNING failures`;

/** Notes that a step broke off unexpectedly: it is tried again later, or the deletion is FAILED. */
export async function failDeletion(client: TenantClient, lease: DeletionLease, message: string): Promise<void> {
  const { rows } = await client.query<{ failures: number }>(FAIL, [
    lease.tenantId,
    lease.deletionId,
    lease.fence,
    message,
  ]);
  const [row] = rows;
  if (row && row.failures < MAX_FAILURES)
    await enqueueDeletion(client, lease.deletionId, lease.step, 2 ** row.failures);
}
