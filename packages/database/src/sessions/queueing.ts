import type { WorkStage } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';
import { type EnqueueOptions, enqueue } from '../jobs/enqueue.ts';

/**
 * Where a stage's job waits. Stages that write what others of the tenant read run one after the other per tenant,
 * so that two archives with the same conversation never race; projecting has a queue of its own beside them;
 * embedding only adds vectors and may overlap with anything.
 */
export function stageJobOptions(
  tenantId: string,
  sessionId: string,
  stage: WorkStage,
): EnqueueOptions & { queue: string; key: string } {
  const queues: Record<WorkStage, string> = {
    PARSE: `tenant:${tenantId}`,
    EXTRACT: `tenant:${tenantId}`,
    RELATE: `tenant:${tenantId}`,
    EMBED: `embed:${sessionId}`,
    PROJECT: `project:${tenantId}`,
  };
  return { queue: queues[stage], key: `${sessionId}:${stage}` };
}

/** Queues a stage of a session in the caller's transaction. */
export function enqueueStage(
  client: TenantClient,
  sessionId: string,
  stage: WorkStage,
  delaySeconds = 0,
): Promise<void> {
  const { tenantId } = client;
  return enqueue(
    client,
    'session-stage',
    { tenantId, sessionId, stage },
    { ...stageJobOptions(tenantId, sessionId, stage), delaySeconds },
  );
}
