import type { TenantClient } from '../connection/tenant.ts';
import { SessionEndedError } from '../errors.ts';

const END = `
WITH ended AS (
  UPDATE intelligence.extraction_sessions s SET
    last_sequence = s.last_sequence + 1, status = $3::intelligence.extraction_status, waiting_for = NULL,
    error_code = $4, error_message = $5, started_at = coalesce(s.started_at, now()), completed_at = clock_timestamp()
  WHERE s.tenant_id = $1 AND s.id = $2 AND s.status IN ('PENDING', 'PROCESSING')
  RETURNING s.*
)
INSERT INTO intelligence.extraction_events (
  tenant_id, session_id, sequence, status, stage, stage_done, stage_total, fraction,
  conversation_count, message_count, item_count, issue_count)
SELECT e.tenant_id, e.id, e.last_sequence, e.status, e.stage, coalesce(s.done, 0), s.total, e.fraction,
  e.conversation_count, e.message_count, e.item_count, e.issue_count
FROM ended e
LEFT JOIN intelligence.session_stages s ON s.tenant_id = e.tenant_id AND s.session_id = e.id AND s.stage = e.stage
RETURNING sequence`;

/** Why a session failed, in words and a code that a person can act on. */
export interface SessionFailure {
  code: string;
  message: string;
}

async function end(
  client: TenantClient,
  sessionId: string,
  status: 'FAILED' | 'CANCELLED',
  failure: SessionFailure | null,
): Promise<number> {
  const { rows } = await client.query<{ sequence: number }>(END, [
    client.tenantId,
    sessionId,
    status,
    failure?.code ?? null,
    failure?.message ?? null,
  ]);
  const [event] = rows;
  if (!event) throw new SessionEndedError(`Session ${sessionId} has ended already.`);
  return event.sequence;
}

/** Ends a session as FAILED, with its last event. What is stored stays. */
export function failSession(client: TenantClient, sessionId: string, failure: SessionFailure): Promise<number> {
  return end(client, sessionId, 'FAILED', failure);
}

/** Ends a session as CANCELLED, with its last event. Workers notice at their next event and stop. */
export function cancelSession(client: TenantClient, sessionId: string): Promise<number> {
  return end(client, sessionId, 'CANCELLED', null);
}
