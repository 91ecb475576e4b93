import {
  type DeletionLease,
  type DeletionProgress,
  deletionStep,
  eraseArchiveBatch,
  eraseConversation,
  eraseMessage,
  forgetTexts,
  inTenant,
  objectsDeleted,
  objectsToDelete,
  postponeDeletion,
  type TenantClient,
} from '@colloquy/database';
import type { PipelineContext } from '../context.ts';

const TEXTS_AT_ONCE = 5_000;
const OBJECTS_AT_ONCE = 50;

/**
 * Takes the subject out of PostgreSQL, batch by batch, then what nothing names any more out of the object store. Runs in
 * the tenant's queue, so nothing is imported meanwhile.
 */
export async function erase(context: PipelineContext, lease: DeletionLease, signal: AbortSignal): Promise<void> {
  for (let finished = false; !finished; ) {
    if (signal.aborted) return again(context, lease);
    await deletionStep(context.database, lease, async (client) => {
      const batch = await eraseSome(client, lease);
      finished = batch.finished;
      return batch;
    });
    await eraseTexts(context, lease);
  }
  for (;;) {
    if (signal.aborted) return again(context, lease);
    const objects = await inTenant(context.database, lease, (client) =>
      objectsToDelete(client, lease.deletionId, OBJECTS_AT_ONCE),
    );
    if (objects.length === 0) break;
    for (const { key } of objects) await context.objects.delete(key);
    const keys = objects.map(({ key }) => key);
    await deletionStep(context.database, lease, async (client) => ({
      counts: await objectsDeleted(client, lease.deletionId, keys),
    }));
  }
  await deletionStep(context.database, lease, async () => ({ next: 'UNPROJECT' }));
}

const again = (context: PipelineContext, lease: DeletionLease) =>
  inTenant(context.database, lease, (client) => postponeDeletion(client, lease, null, 0));

async function eraseSome(
  client: TenantClient,
  lease: DeletionLease,
): Promise<DeletionProgress & { finished: boolean }> {
  switch (lease.kind) {
    case 'ARCHIVE':
      return eraseArchiveBatch(client, lease);
    case 'CONVERSATION':
      return { ...(await eraseConversation(client, lease)), finished: true };
    case 'MESSAGE':
      return { ...(await eraseMessage(client, lease)), finished: true };
  }
}

/** Vectors of what went, unless something that stays says the same. */
async function eraseTexts(context: PipelineContext, lease: DeletionLease): Promise<void> {
  let texts: number;
  do {
    texts = 0;
    await deletionStep(context.database, lease, async (client) => {
      const gone = await forgetTexts(client, lease.deletionId, TEXTS_AT_ONCE);
      texts = gone.texts;
      return { counts: { embeddings: gone.embeddings } };
    });
  } while (texts > 0);
}
