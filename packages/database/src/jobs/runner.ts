import { EventEmitter } from 'node:events';
import { hostname } from 'node:os';
import { JOBS, type JobName, type JobPayload, mintUuid } from '@colloquy/domain';
import { Logger, type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Database } from '../connection/database.ts';
import { startHeartbeat } from './heartbeat-process.ts';

/** What runs when a job of that name is taken. A job that throws is tried again later, with growing delays. */
export type JobHandlers = { [Name in JobName]: (payload: JobPayload<Name>, signal: AbortSignal) => Promise<void> };

export interface JobRunnerOptions {
  /** Jobs at once in this process. */
  concurrency: number;
  handlers: JobHandlers;
  /** The queue's own messages. */
  onMessage(level: 'error' | 'warning' | 'info' | 'debug', message: string): void;
  /** This process can no longer work (declared dead, or the queue is broken): it must exit and start afresh. */
  onFatal(error: Error): void;
}

export interface JobRunner {
  /** Finishes or hands back what runs. */
  stop(): Promise<void>;
}

/** Name under which this process's connections show in PostgreSQL, unique per process. */
export function workerApplicationName(): string {
  return `colloquy-worker:${hostname().slice(0, 20)}:${mintUuid().slice(-12)}`;
}

function taskList(handlers: JobHandlers, stopping: AbortSignal): TaskList {
  const entries = Object.entries(handlers).map(([name, handle]) => {
    const run = handle as (payload: unknown, signal: AbortSignal) => Promise<void>;
    return [name, (payload: unknown) => run(JOBS[name as JobName].parse(payload), stopping)] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * Takes jobs until stopped. The library alone would leave a killed worker's job locked for four hours; the heartbeat
 * frees it within seconds.
 */
export async function startJobRunner(
  database: Database,
  process: { url: string; applicationName: string },
  options: JobRunnerOptions,
): Promise<JobRunner> {
  const lockNames = new Set<string>();
  const events: WorkerEvents = new EventEmitter();
  const stopping = new AbortController();
  const onFatal = (error: unknown) => {
    if (!stopping.signal.aborted) options.onFatal(error instanceof Error ? error : new Error(String(error)));
  };
  const heartbeat = await startHeartbeat(
    { ...process, processId: mintUuid() },
    {
      onFatal,
      onFreed: (count) => options.onMessage('warning', `Took over the jobs of ${count} silent workers.`),
    },
  );
  // Jobs are locked in the name of the pool, not of the single worker.
  events.on('pool:create', ({ workerPool }) => {
    lockNames.add(workerPool.id);
    heartbeat.announce([...lockNames]);
  });
  events.on('worker:fatalError', ({ error }) => onFatal(error));
  events.on('pool:fatalError', ({ error }) => onFatal(error));

  const runner: Runner = await run({
    pgPool: database.pool,
    concurrency: options.concurrency,
    pollInterval: 500,
    noHandleSignals: true,
    events,
    logger: new Logger(() => (level, message) => options.onMessage(level, message)),
    taskList: taskList(options.handlers, stopping.signal),
  });
  return {
    async stop() {
      stopping.abort();
      await runner.stop();
      await heartbeat.leave();
    },
  };
}
