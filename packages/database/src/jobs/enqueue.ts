import { JOBS, type JobName, type JobPayload } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';

export interface EnqueueOptions {
  /** Jobs of one queue run one after the other. */
  queue?: string;
  /** A job with the same key that has not started is replaced. */
  key?: string;
  /** Seconds from now before it may run. */
  delaySeconds?: number;
}

const ADD_JOB = `
SELECT graphile_worker.add_job($1, $2::json, queue_name := $3, run_at := now() + make_interval(secs => $4), max_attempts := 30000, job_key := $5)`;

/** Queues a job in the caller's transaction: it exists exactly when the change that calls for it does. */
export async function enqueue<Name extends JobName>(
  client: Pick<TenantClient, 'query'>,
  name: Name,
  payload: JobPayload<Name>,
  options: EnqueueOptions = {},
): Promise<void> {
  const checked = JOBS[name].parse(payload);
  await client.query(ADD_JOB, [
    name,
    JSON.stringify(checked),
    options.queue ?? null,
    options.delaySeconds ?? 0,
    options.key ?? null,
  ]);
}
