import type { Pool } from 'pg';

/** How often a worker says that it lives, and how long its silence is borne, in milliseconds. */
export const HEARTBEAT_MS = 1_500;
export const SILENCE_MS = 5_000;

const REGISTER = `
INSERT INTO intelligence.worker_heartbeats (process_id, worker_ids, application_name) VALUES ($1, $2, $3)`;
const BEAT = `UPDATE intelligence.worker_heartbeats SET seen_at = clock_timestamp(), worker_ids = $2 WHERE process_id = $1`;
const LEAVE = `DELETE FROM intelligence.worker_heartbeats WHERE process_id = $1`;

// One statement, one transaction: the silent workers are forgotten exactly when their connections (and with them their
// row locks) are ended and their jobs handed back.
const TAKE_OVER = `
WITH silent AS (
  DELETE FROM intelligence.worker_heartbeats
  WHERE seen_at < clock_timestamp() - make_interval(secs => $1::float8 / 1000)
  RETURNING application_name
), ended AS (
  SELECT count(pg_terminate_backend(a.pid)) AS count FROM pg_stat_activity a JOIN silent USING (application_name)
)
SELECT (SELECT count(*)::int FROM silent) AS silent, (SELECT count::int FROM ended) AS ended`;

const ORPHANED = `
SELECT DISTINCT j.locked_by FROM graphile_worker.jobs j
WHERE j.locked_by IS NOT NULL AND j.locked_at < clock_timestamp() - make_interval(secs => $1::float8 / 1000)
  AND NOT EXISTS (SELECT FROM intelligence.worker_heartbeats h WHERE j.locked_by = ANY (h.worker_ids))`;

/** What a worker process does so that others know when to take its jobs over. */
export interface Heartbeat {
  register(applicationName: string): Promise<void>;
  /** False when this process was declared dead meanwhile: it must stop at once. */
  beat(workerIds: readonly string[]): Promise<boolean>;
  /** Hands back the jobs of workers that fell silent; the number of them. */
  takeOver(): Promise<number>;
  leave(): Promise<void>;
}

export function createHeartbeat(pool: Pool, processId: string): Heartbeat {
  return {
    async register(applicationName) {
      await pool.query(REGISTER, [processId, [], applicationName]);
    },
    async beat(workerIds) {
      const { rowCount } = await pool.query(BEAT, [processId, workerIds]);
      return rowCount === 1;
    },
    async takeOver() {
      await pool.query(TAKE_OVER, [SILENCE_MS]);
      const { rows } = await pool.query<{ locked_by: string }>(ORPHANED, [SILENCE_MS]);
      if (rows.length > 0)
        await pool.query('SELECT graphile_worker.force_unlock_workers($1::text[])', [rows.map((row) => row.locked_by)]);
      return rows.length;
    },
    async leave() {
      await pool.query(LEAVE, [processId]);
    },
  };
}
