import type { WorkStage } from '@colloquy/domain';
import type { Database } from '../connection/database.ts';
import { inTenant, type TenantClient } from '../connection/tenant.ts';
import { LeaseLostError, SessionEndedError } from '../errors.ts';
import { type AppendedEvent, appendEvent } from '../events/append.ts';

/** The right to work on one stage of one session, until another worker takes it over. */
export interface StageLease {
  tenantId: string;
  userId: string;
  sessionId: string;
  archiveId: string;
  stage: WorkStage;
  fence: string;
  done: number;
  total: number | null;
  waitingFor: string | null;
}

const TAKE = `
UPDATE intelligence.session_stages t SET fence = t.fence + 1, started_at = coalesce(t.started_at, now())
FROM intelligence.extraction_sessions s
WHERE t.tenant_id = $1 AND t.session_id = $2 AND t.stage = $3 AND t.finished_at IS NULL
  AND s.tenant_id = t.tenant_id AND s.id = t.session_id AND s.status IN ('PENDING', 'PROCESSING')
RETURNING t.fence::text, t.done, t.total, t.waiting_for AS "waitingFor", s.created_by AS "userId", s.archive_id AS "archiveId"`;

/** Takes a stage over from whoever had it. Null when it is finished or its session has ended: nothing is left to do. */
export async function takeStage(
  database: Database,
  tenantId: string,
  sessionId: string,
  stage: WorkStage,
): Promise<StageLease | null> {
  return inTenant(database, { tenantId, userId: null }, async (client) => {
    const { rows } = await client.query<Omit<StageLease, 'tenantId' | 'sessionId' | 'stage'>>(TAKE, [
      tenantId,
      sessionId,
      stage,
    ]);
    const [row] = rows;
    return row ? { tenantId, sessionId, stage, ...row } : null;
  });
}

/** What a transaction of a stage did, beside its own rows. */
export interface StageStep {
  /** Units of the stage that are done now, absolute; it never goes back. */
  done: number;
  total: number | null;
  waitingFor?: string | null;
  finished?: boolean;
  newItemIds?: readonly string[];
}

const ADVANCE = `
UPDATE intelligence.session_stages SET done = greatest(done, $5), total = $6, waiting_for = $7, failures = 0,
  finished_at = CASE WHEN $8 THEN clock_timestamp() END
WHERE tenant_id = $1 AND session_id = $2 AND stage = $3 AND fence = $4 AND finished_at IS NULL`;

// Everything a step looks up, foreign keys included, it finds by key. PostgreSQL keeps the plan of a check that it made while a
// table was small, and would go on reading the whole table for each row as the import makes it large.
const BY_KEY = `SET LOCAL enable_seqscan = off`;

/**
 * One step of a stage: the work, how far the stage is now, and the event that says so, all or nothing.
 * Throws LeaseLostError or SessionEndedError, and then nothing of `work` is kept.
 */
export function stageStep(
  database: Database,
  lease: StageLease,
  work: (client: TenantClient) => Promise<StageStep>,
): Promise<StageStep & { event: AppendedEvent }> {
  return inTenant(database, lease, async (client) => {
    await client.query(BY_KEY);
    const step = await work(client);
    const { rowCount } = await client.query(ADVANCE, [
      lease.tenantId,
      lease.sessionId,
      lease.stage,
      lease.fence,
      step.done,
      step.total,
      step.waitingFor ?? null,
      step.finished ?? false,
    ]);
    if (rowCount !== 1)
      throw new LeaseLostError(`Stage ${lease.stage} of session ${lease.sessionId} was taken over by another worker.`);
    const event = await appendEvent(client, lease.sessionId, step.newItemIds);
    return { ...step, event };
  });
}

const COUNT_FAILURE = `
UPDATE intelligence.session_stages SET failures = failures + 1
WHERE tenant_id = $1 AND session_id = $2 AND stage = $3 AND fence = $4 RETURNING failures`;

/** Notes that a stage broke off unexpectedly; the number of times in a row. */
export async function countFailure(client: TenantClient, lease: StageLease): Promise<number> {
  const { rows } = await client.query<{ failures: number }>(COUNT_FAILURE, [
    lease.tenantId,
    lease.sessionId,
    lease.stage,
    lease.fence,
  ]);
  const [row] = rows;
  if (!row)
    throw new LeaseLostError(`Stage ${lease.stage} of session ${lease.sessionId} was taken over by another worker.`);
  return row.failures;
}

const READ_PROGRESS = `
SELECT done, total, waiting_for AS "waitingFor" FROM intelligence.session_stages WHERE tenant_id = $1 AND session_id = $2 AND stage = $3`;

/** How far a stage is, as stored. */
export async function readStage(
  client: TenantClient,
  lease: StageLease,
): Promise<Pick<StageLease, 'done' | 'total' | 'waitingFor'>> {
  const { rows } = await client.query<Pick<StageLease, 'done' | 'total' | 'waitingFor'>>(READ_PROGRESS, [
    lease.tenantId,
    lease.sessionId,
    lease.stage,
  ]);
  const [row] = rows;
  if (!row) throw new LeaseLostError(`Session ${lease.sessionId} is gone.`);
  return row;
}

const CHECK = `
SELECT t.fence::text AS fence, s.status IN ('PENDING', 'PROCESSING') AS open
FROM intelligence.session_stages t JOIN intelligence.extraction_sessions s ON s.tenant_id = t.tenant_id AND s.id = t.session_id
WHERE t.tenant_id = $1 AND t.session_id = $2 AND t.stage = $3`;

/** For work that takes long without a step. Throws LeaseLostError or SessionEndedError when nobody wants it any more. */
export async function checkLease(client: TenantClient, lease: StageLease): Promise<void> {
  const { tenantId, sessionId, stage, fence } = lease;
  const { rows } = await client.query<{ fence: string; open: boolean }>(CHECK, [tenantId, sessionId, stage]);
  const [row] = rows;
  if (row?.fence !== fence)
    throw new LeaseLostError(`Stage ${stage} of session ${sessionId} was taken over by another worker.`);
  if (!row.open) throw new SessionEndedError(`Session ${sessionId} has ended.`);
}

const PLAN = `
UPDATE intelligence.session_stages t SET total = $4 * CASE $5::text WHEN 'messages' THEN s.message_count ELSE s.conversation_count END
FROM intelligence.extraction_sessions s
WHERE t.tenant_id = $1 AND t.session_id = $2 AND t.stage = $3 AND s.tenant_id = t.tenant_id AND s.id = t.session_id`;

/** Sets the total of a stage: so many units for each conversation or message that the session holds. */
export async function planStage(
  client: TenantClient,
  sessionId: string,
  stage: WorkStage,
  plan: { units: number; per: 'conversations' | 'messages' },
): Promise<void> {
  await client.query(PLAN, [client.tenantId, sessionId, stage, plan.units, plan.per]);
}
