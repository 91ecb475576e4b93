import { type ExtractionStatus, mintUuid, WORK_STAGES, type WorkStage } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';
import { enqueueStage } from '../sessions/queueing.ts';

/** An archive and what its content was recognised as. */
export interface SessionStart {
  archiveId: string;
  /** UUID of the platform; null when each conversation says its own. */
  platformId: string | null;
  /** Label of the format, such as `chatgpt-zip`. */
  format: string | null;
  /** UUID of the user who asks. */
  userId: string;
}

export interface StartedSession {
  sessionId: string;
  /** Whether these bytes had a session before: it is returned, and goes on if it had failed or was cancelled. */
  alreadyImported: boolean;
}

/** The archive does not exist, or its bytes are not complete. */
export class ArchiveNotStoredError extends Error {
  override readonly name = 'ArchiveNotStoredError';
  readonly code = 'ARCHIVE_NOT_STORED';
}

const HOLDER = `
SELECT holder.id FROM intelligence.source_archives a
JOIN intelligence.source_archives holder ON holder.tenant_id = a.tenant_id AND holder.id = coalesce(a.same_as, a.id)
WHERE a.tenant_id = $1 AND a.id = $2 AND holder.object_key IS NOT NULL`;
const INSERT = `
INSERT INTO intelligence.extraction_sessions (tenant_id, id, archive_id, platform_id, format, created_by)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, archive_id) DO NOTHING`;
const INSERT_STAGES = `
INSERT INTO intelligence.session_stages (tenant_id, session_id, stage)
SELECT $1, $2, stage::intelligence.extraction_stage FROM unnest($3::text[]) AS stage`;
const LOCK = `
SELECT id, status FROM intelligence.extraction_sessions WHERE tenant_id = $1 AND archive_id = $2 FOR UPDATE`;
const REOPEN = `
UPDATE intelligence.extraction_sessions
SET status = 'PENDING', error_code = NULL, error_message = NULL, waiting_for = NULL, completed_at = NULL
WHERE tenant_id = $1 AND id = $2`;
const REOPEN_STAGES = `
UPDATE intelligence.session_stages SET failures = 0, waiting_for = NULL
WHERE tenant_id = $1 AND session_id = $2 AND finished_at IS NULL
RETURNING stage, started_at IS NOT NULL AS begun`;

/**
 * Starts the extraction of an archive whose bytes are stored: session, stages and first job, in the caller's
 * transaction. The same bytes have one session for ever; a FAILED or CANCELLED one goes on where it was.
 * Ring the bell after the commit. Throws ArchiveNotStoredError.
 */
export async function startSession(client: TenantClient, start: SessionStart): Promise<StartedSession> {
  const { tenantId } = client;
  const { rows: holders } = await client.query<{ id: string }>(HOLDER, [tenantId, start.archiveId]);
  const [holder] = holders;
  if (!holder) throw new ArchiveNotStoredError(`Archive ${start.archiveId} is not stored.`);

  const sessionId = mintUuid();
  const { platformId, format, userId } = start;
  const inserted = await client.query(INSERT, [tenantId, sessionId, holder.id, platformId, format, userId]);
  if (inserted.rowCount === 0) return resume(client, holder.id);
  await client.query(INSERT_STAGES, [tenantId, sessionId, WORK_STAGES]);
  await enqueueStage(client, sessionId, WORK_STAGES[0]);
  return { sessionId, alreadyImported: false };
}

async function resume(client: TenantClient, archiveId: string): Promise<StartedSession> {
  const { tenantId } = client;
  const { rows } = await client.query<{ id: string; status: ExtractionStatus }>(LOCK, [tenantId, archiveId]);
  const [session] = rows;
  if (!session) throw new Error(`Archive ${archiveId} has a session that cannot be found.`);
  if (session.status === 'FAILED' || session.status === 'CANCELLED') {
    await client.query(REOPEN, [tenantId, session.id]);
    const stages = await client.query<{ stage: WorkStage; begun: boolean }>(REOPEN_STAGES, [tenantId, session.id]);
    for (const stage of dueStages(stages.rows)) await enqueueStage(client, session.id, stage);
  }
  return { sessionId: session.id, alreadyImported: true };
}

/** The earliest unfinished stage, and later ones that had begun beside it. The rest follow as stages finish. */
function dueStages(unfinished: readonly { stage: WorkStage; begun: boolean }[]): WorkStage[] {
  const inOrder = WORK_STAGES.flatMap((stage) => unfinished.filter((row) => row.stage === stage));
  return inOrder.filter(({ begun }, index) => index === 0 || begun).map(({ stage }) => stage);
}
