import { z } from 'zod';
import { WORK_STAGES } from './enums.ts';

/** Jobs hold ids only: whoever runs one reads the rest on behalf of its tenant. */
export const stageJob = z.object({ tenantId: z.uuid(), sessionId: z.uuid(), stage: z.enum(WORK_STAGES) });
export type StageJob = z.infer<typeof stageJob>;

export const rebuildJob = z.object({ tenantId: z.uuid(), runId: z.uuid() });
export type RebuildJob = z.infer<typeof rebuildJob>;

/** Task names in the queue and what each carries; checked when a job is queued and when it is taken. */
export const JOBS = { 'session-stage': stageJob, 'rebuild-projection': rebuildJob } as const;
export type JobName = keyof typeof JOBS;
export type JobPayload<Name extends JobName> = z.infer<(typeof JOBS)[Name]>;
