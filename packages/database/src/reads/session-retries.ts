import type { TenantPrisma } from '../connection/tenant.ts';

/** How often a session was taken up again. */
export interface RetryRecord {
  /** UUID of the session. */
  id: string;
  retries: number;
}

/** How often each of these sessions was taken up again after it had ended as FAILED or CANCELLED. */
export function retriesOfSessions(tx: TenantPrisma, sessionIds: readonly string[]): Promise<RetryRecord[]> {
  // Every end is an event; the one that the session still stands at was not followed by a retry.
  return tx.$queryRaw<RetryRecord[]>`
    SELECT s.id, (count(e.sequence) - CASE WHEN s.status IN ('FAILED', 'CANCELLED') THEN 1 ELSE 0 END)::int AS retries
    FROM intelligence.extraction_sessions s
    LEFT JOIN intelligence.extraction_events e
      ON e.tenant_id = s.tenant_id AND e.session_id = s.id AND e.status IN ('FAILED', 'CANCELLED')
    WHERE s.id = ANY(${[...sessionIds]}::uuid[])
    GROUP BY s.id, s.status`;
}
