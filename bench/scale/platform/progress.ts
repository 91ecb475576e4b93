import type { Client } from 'pg';

/** When a stage ran, in milliseconds since 1970. */
export interface StageTimes {
  stage: string;
  started: number;
  finished: number | null;
}

export interface SessionState {
  status: string;
  error: string | null;
  waitingFor: string | null;
  conversations: number;
  messages: number;
  items: number;
  issues: number;
  stages: StageTimes[];
}

const SESSION = `
SELECT s.status, s.error_code || ': ' || s.error_message AS error, s.waiting_for AS "waitingFor", s.conversation_count AS conversations,
  s.message_count AS messages, s.item_count AS items, s.issue_count AS issues,
  (SELECT json_agg(json_build_object('stage', t.stage, 'started', 1000 * extract(epoch FROM t.started_at), 'finished', 1000 * extract(epoch FROM t.finished_at)))
   FROM intelligence.session_stages t WHERE t.session_id = s.id AND t.started_at IS NOT NULL) AS stages
FROM intelligence.extraction_sessions s WHERE s.id = $1`;

/** How far a session is. The client must see all tenants. */
export async function readSession(client: Client, sessionId: string): Promise<SessionState> {
  const { rows } = await client.query<SessionState>(SESSION, [sessionId]);
  const [state] = rows;
  if (!state) throw new Error(`Session ${sessionId} is gone.`);
  return { ...state, stages: state.stages ?? [] };
}

const SURVEYED = `
SELECT 1000 * extract(epoch FROM min(at))::float8 AS at FROM intelligence.extraction_events
WHERE session_id = $1 AND stage = 'PARSE' AND stage_total IS NOT NULL`;

/** When the number of conversations was known, in milliseconds since 1970; null when no event says so. */
export async function surveyedAt(client: Client, sessionId: string): Promise<number | null> {
  const { rows } = await client.query<{ at: number | null }>(SURVEYED, [sessionId]);
  return rows[0]?.at ?? null;
}

const TENTHS = `
SELECT 1000 * extract(epoch FROM min(e.at))::float8 AS at
FROM generate_series(1, 10) tenth JOIN intelligence.extraction_events e ON e.session_id = $1 AND e.message_count * 10 >= tenth * $2::int
GROUP BY tenth ORDER BY tenth`;

/** When each tenth of the messages was stored, in milliseconds since 1970. */
export async function tenths(client: Client, sessionId: string, messages: number): Promise<number[]> {
  const { rows } = await client.query<{ at: number }>(TENTHS, [sessionId, messages]);
  return rows.map(({ at }) => at);
}
