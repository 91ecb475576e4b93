import { z } from 'zod';
import { DELETION_STEPS, WORK_STAGES } from './enums.ts';

/** Jobs hold ids only: whoever runs one reads the rest on behalf of its tenant. */
export const stageJob = z.object({ tenantId: z.uuid(), sessionId: z.uuid(), stage: z.enum(WORK_STAGES) });
export type StageJob = z.infer<typeof stageJob>;

export const rebuildJob = z.object({ tenantId: z.uuid(), runId: z.uuid() });
export type RebuildJob = z.infer<typeof rebuildJob>;

export const deletionJob = z.object({ tenantId: z.uuid(), deletionId: z.uuid(), step: z.enum(DELETION_STEPS) });
export type DeletionJob = z.infer<typeof deletionJob>;

/** Tends what belongs to no session: it names no tenant, since it looks for all of them. */
export const cleanUpJob = z.object({});

/** Task names in the queue and what each carries; checked when a job is queued and when it is taken. */
export const JOBS = {
  'session-stage': stageJob,
  'rebuild-projection': rebuildJob,
  deletion: deletionJob,
  'clean-up': cleanUpJob,
} as const;
export type JobName = keyof typeof JOBS;
export type JobPayload<Name extends JobName> = z.infer<(typeof JOBS)[Name]>;
