import { type ExtractionStatus, TERMINAL_STATUSES } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';
import { type ExtractionEvent, readEvents } from '../events/read.ts';

/** How far the event log of a session reaches. */
export interface SessionLog {
  status: ExtractionStatus;
  lastSequence: number;
}

const STATE = `
SELECT status, last_sequence AS "lastSequence" FROM intelligence.extraction_sessions WHERE tenant_id = $1 AND id = $2`;

/** Null when the tenant has no such session. */
export async function sessionLog(client: TenantClient, sessionId: string): Promise<SessionLog | null> {
  const { rows } = await client.query<SessionLog>(STATE, [client.tenantId, sessionId]);
  return rows[0] ?? null;
}

/** The events after `after`, at most `limit`, and whether the session ended with the last of them. */
export async function readProgress(
  client: TenantClient,
  sessionId: string,
  after: number,
  limit: number,
): Promise<{ events: ExtractionEvent[]; ended: boolean }> {
  // The state first: an event that is written after it makes for one more look, not for a lost event.
  const log = await sessionLog(client, sessionId);
  if (!log) return { events: [], ended: true };
  const events = await readEvents(client, sessionId, after, limit);
  const last = events.at(-1)?.sequence ?? after;
  return { events, ended: TERMINAL_STATUSES.has(log.status) && last === log.lastSequence };
}
