import type { JobHandlers } from '@colloquy/database';
import { Histogram, type Metrics } from '@colloquy/service';

/** Seconds per job, by task and stage. */
export function observeJobs(metrics: Metrics, handlers: JobHandlers): JobHandlers {
  const duration = new Histogram({
    name: 'colloquy_job_duration_seconds',
    help: 'Time that a job of the pipeline took',
    labelNames: ['task', 'stage', 'outcome'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300],
    registers: [metrics.registry],
  });

  async function timed(labels: { task: string; stage: string }, work: Promise<void>): Promise<void> {
    const stop = duration.startTimer(labels);
    try {
      await work;
      stop({ outcome: 'ok' });
    } catch (error) {
      stop({ outcome: 'error' });
      throw error;
    }
  }

  return {
    'session-stage': (payload, signal) =>
      timed({ task: 'session-stage', stage: payload.stage }, handlers['session-stage'](payload, signal)),
    'rebuild-projection': (payload, signal) =>
      timed({ task: 'rebuild-projection', stage: '' }, handlers['rebuild-projection'](payload, signal)),
    deletion: (payload, signal) => timed({ task: 'deletion', stage: payload.step }, handlers.deletion(payload, signal)),
    'clean-up': (payload, signal) => timed({ task: 'clean-up', stage: '' }, handlers['clean-up'](payload, signal)),
  };
}
