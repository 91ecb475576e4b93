import type { ExtractionStage, ExtractionStatus } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';
import { SessionEndedError } from '../errors.ts';

// Not FOR UPDATE, which would wait for every transaction that adds a row of the session: two of an import work side by side.
const LOCK = `SELECT 1 FROM intelligence.extraction_sessions WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE`;

// The weights are the stages' shares of the time that measured imports took: embedding is most of it.
const APPEND = `
WITH stages AS (
  SELECT s.*, w.weight
  FROM intelligence.session_stages s
  JOIN (VALUES ('PARSE'::intelligence.extraction_stage, 0.06), ('EXTRACT', 0.10), ('EMBED', 0.60), ('RELATE', 0.04), ('PROJECT', 0.20))
    AS w (stage, weight) USING (stage)
  WHERE s.tenant_id = $1 AND s.session_id = $2
), progress AS (
  SELECT
    coalesce(min(stage) FILTER (WHERE finished_at IS NULL), 'DONE') AS stage,
    min(waiting_for) FILTER (WHERE finished_at IS NULL) AS waiting_for,
    least(1, sum(weight * CASE WHEN finished_at IS NOT NULL THEN 1 WHEN total > 0 THEN least(1, done::float8 / total) ELSE 0 END))::float8 AS fraction
  FROM stages
), numbered AS (
  UPDATE intelligence.extraction_sessions s SET
    last_sequence = s.last_sequence + 1,
    status = CASE WHEN p.stage = 'DONE' THEN 'COMPLETED'::intelligence.extraction_status ELSE 'PROCESSING' END,
    stage = p.stage,
    fraction = CASE WHEN p.stage = 'DONE' THEN 1 ELSE greatest(s.fraction, p.fraction) END,
    waiting_for = p.waiting_for,
    started_at = coalesce(s.started_at, now()),
    completed_at = CASE WHEN p.stage = 'DONE' THEN clock_timestamp() END
  FROM progress p
  WHERE s.tenant_id = $1 AND s.id = $2 AND s.status IN ('PENDING', 'PROCESSING')
  RETURNING s.*
)
INSERT INTO intelligence.extraction_events (
  tenant_id, session_id, sequence, status, stage, stage_done, stage_total, fraction, eta_seconds, waiting_for,
  conversation_count, message_count, item_count, issue_count, new_item_ids)
SELECT n.tenant_id, n.id, n.last_sequence, n.status, n.stage, coalesce(current.done, 0), current.total, n.fraction,
  CASE WHEN n.status = 'COMPLETED' THEN 0
       WHEN n.fraction > 0.02 THEN extract(epoch FROM clock_timestamp() - n.started_at) / n.fraction * (1 - n.fraction) END,
  n.waiting_for, n.conversation_count, n.message_count, n.item_count, n.issue_count, $3::uuid[]
FROM numbered n LEFT JOIN stages current ON current.stage = n.stage
RETURNING sequence, status, stage`;

export interface AppendedEvent {
  sequence: number;
  status: ExtractionStatus;
  stage: ExtractionStage;
}

/**
 * Writes the session's next event from what its stages say now. Call it as the last statements of the transaction that
 * did the work: the row lock taken here orders commits by sequence, so no reader can skip one.
 * Throws SessionEndedError when the session is over.
 */
export async function appendEvent(
  client: TenantClient,
  sessionId: string,
  newItemIds: readonly string[] = [],
): Promise<AppendedEvent> {
  // First the lock, then the snapshot: stages that another transaction finished meanwhile are seen.
  await client.query(LOCK, [client.tenantId, sessionId]);
  const { rows } = await client.query<AppendedEvent>(APPEND, [client.tenantId, sessionId, newItemIds]);
  const [event] = rows;
  if (!event) throw new SessionEndedError(`Session ${sessionId} has ended.`);
  return event;
}
