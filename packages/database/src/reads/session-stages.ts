import type { WorkStage } from '@colloquy/domain';
import type { TenantPrisma } from '../connection/tenant.ts';

/** How a session went through one of its stages. */
export interface SessionStageRecord {
  /** UUID. */
  sessionId: string;
  stage: WorkStage;
  /** Units of the stage that are done, and in all (null while that is not known). */
  done: number;
  total: number | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** From its start to its end; to the session's end or to now while it has none. Null before its start. */
  seconds: number | null;
  waitingFor: string | null;
  /** How often it broke off since it last came forward. */
  failures: number;
}

/** The stages of these sessions, in the order in which they follow each other. */
export function stagesOfSessions(tx: TenantPrisma, sessionIds: readonly string[]): Promise<SessionStageRecord[]> {
  return tx.$queryRaw<SessionStageRecord[]>`
    SELECT t.session_id AS "sessionId", t.stage::text, t.done, t.total,
      t.started_at AS "startedAt", t.finished_at AS "finishedAt",
      CASE WHEN t.started_at IS NOT NULL THEN greatest(0, extract(epoch FROM
        coalesce(t.finished_at, s.completed_at, clock_timestamp()) - t.started_at))::float8 END AS seconds,
      t.waiting_for AS "waitingFor", t.failures
    FROM intelligence.session_stages t
    JOIN intelligence.extraction_sessions s ON s.tenant_id = t.tenant_id AND s.id = t.session_id
    WHERE t.session_id = ANY(${[...sessionIds]}::uuid[])
    ORDER BY t.session_id, t.stage`;
}
