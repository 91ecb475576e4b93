import type { DeletionStep } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';
import { enqueue } from '../jobs/enqueue.ts';

/** What writes the tenant's conversations takes turns with imports; what writes projections, with their writers. */
const QUEUES: Record<DeletionStep, 'tenant' | 'project'> = {
  ERASE: 'tenant',
  UNPROJECT: 'project',
  DERIVE: 'tenant',
  REPROJECT: 'project',
  SWEEP: 'project',
};

/** Queues a step of a deletion in the caller's transaction. */
export function enqueueDeletion(
  client: TenantClient,
  deletionId: string,
  step: DeletionStep,
  delaySeconds = 0,
): Promise<void> {
  const { tenantId } = client;
  return enqueue(
    client,
    'deletion',
    { tenantId, deletionId, step },
    { queue: `${QUEUES[step]}:${tenantId}`, key: `deletion:${deletionId}`, delaySeconds },
  );
}
