import { enqueueStage, inTenant, planStage, type StageLease, sessionSource } from '@colloquy/database';
import { type ReadOptions, readArchive } from '@colloquy/formats';
import { type ObjectSource, openObjectSource } from '@colloquy/objects';
import { type PipelineContext, step } from '../context.ts';
import { arrivals, Batch } from './arrivals.ts';
import { storeAssets } from './assets.ts';
import { InOrder } from './in-order.ts';
import { storeBatch } from './store-batch.ts';
import { survey } from './survey.ts';

/**
 * Bytes to rows. The whole archive is surveyed before anything is stored, so that a broken one leaves nothing half; then
 * conversations are stored in the archive's order, and a later attempt skips those that are stored. While PostgreSQL takes
 * batches in, the next one is read.
 */
export async function parse(context: PipelineContext, lease: StageLease, signal: AbortSignal): Promise<void> {
  const source = await inTenant(context.database, lease, (client) => sessionSource(client, lease.sessionId));
  const bytes = await openObjectSource(context.objects, source.objectKey);
  const options = { fileName: source.fileName, signal, ...(source.format !== null && { format: source.format }) };
  try {
    const total = lease.total ?? (await survey(context, lease, bytes, options));
    if (lease.total === null) await step(context, lease, async () => ({ done: 0, total }));
    await storeConversations(context, lease, { bytes, options, total }, signal);
  } catch (error) {
    // Readers end with the signal's reason. What is stored is stored, and the next process goes on from there.
    if (error !== signal.reason) throw error;
    await inTenant(context.database, lease, (client) => enqueueStage(client, lease.sessionId, 'PARSE'));
  }
}

/** What is read, and how many records it has. */
interface Surveyed {
  bytes: ObjectSource;
  options: ReadOptions;
  total: number;
}

/** Throws the signal's reason when it is told to stop; then every batch that was begun is stored. */
async function storeConversations(
  context: PipelineContext,
  lease: StageLease,
  { bytes, options, total }: Surveyed,
  signal: AbortSignal,
): Promise<void> {
  let done = lease.done;
  const store = async (batch: Batch, turn: Promise<void>, finished: boolean) => {
    done += batch.conversations;
    const reached = done;
    const conversations = batch.arrivals.flatMap(({ conversation }) => (conversation ? [conversation] : []));
    const assets = await storeAssets(context, lease, conversations);
    await step(context, lease, async (client) => {
      await storeBatch(client, lease.sessionId, batch.arrivals, assets, turn);
      if (finished) {
        await planStage(client, lease.sessionId, 'EXTRACT', { units: 1, per: 'conversations' });
        await planStage(client, lease.sessionId, 'EMBED', { units: 1, per: 'messages' });
        await planStage(client, lease.sessionId, 'PROJECT', { units: 2, per: 'conversations' });
        // Side by side from here on: each takes up what the one before it has finished.
        for (const stage of ['EXTRACT', 'EMBED', 'PROJECT'] as const)
          await enqueueStage(client, lease.sessionId, stage);
      }
      return { done: reached, total: Math.max(total, reached), finished };
    });
  };

  const storing = new InOrder();
  let batch = new Batch();
  try {
    for await (const arrival of arrivals(readArchive(bytes, options), lease.done)) {
      batch.add(arrival);
      if (!batch.isFull) continue;
      const full = batch;
      await storing.add(full.keys, (turn) => store(full, turn, false));
      batch = new Batch();
      signal.throwIfAborted();
    }
    await storing.finish();
    await store(batch, Promise.resolve(), true);
  } catch (error) {
    if (error === signal.reason) await storing.finish();
    throw error;
  } finally {
    // Nothing of this attempt may go on when its end is told.
    await storing.settle();
  }
}
