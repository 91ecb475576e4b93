import {
  bytesToVector,
  enqueueStage,
  type ItemWithVector,
  inTenant,
  markRelated,
  readItemsWithVectors,
  replaceRelations,
  type StageLease,
} from '@colloquy/database';
import { type RelatableItem, relateItems } from '@colloquy/intelligence';
import { type PipelineContext, step } from '../context.ts';

/** Larger than any offset into a message, so that places order first by message, then by offset. */
const MESSAGE_STRIDE = 1_000_000;

/** Items to relations: the session's new items among themselves and with everything the tenant has. */
export async function relate(context: PipelineContext, lease: StageLease, _signal: AbortSignal): Promise<void> {
  const { id: version } = await context.embedding.version();
  const items = await inTenant(context.database, lease, (client) =>
    readItemsWithVectors(client, version, lease.sessionId),
  );
  const fresh = items.filter((item) => item.fresh);
  const known = items.filter((item) => !item.fresh);
  const found = fresh.length === 0 ? [] : relateItems({ fresh: fresh.map(toRelatable), known: known.map(toRelatable) });
  await step(context, lease, async (client) => {
    if (fresh.length > 0) {
      const ids = fresh.map(({ id }) => id);
      await replaceRelations(client, ids, found);
    }
    await markRelated(client, lease.sessionId);
    await enqueueStage(client, lease.sessionId, 'PROJECT');
    return { done: fresh.length, total: fresh.length, finished: true };
  });
}

/** An item as the kernel compares it. */
export function toRelatable(item: ItemWithVector): RelatableItem {
  return {
    id: item.id,
    conversationId: item.conversationId,
    platform: item.platform,
    type: item.type,
    title: item.title,
    content: item.content,
    tags: item.tags,
    occurredAt: item.occurredAt,
    order: item.messageOrdinal * MESSAGE_STRIDE + Math.min(item.evidenceStart, MESSAGE_STRIDE - 1),
    evidenceMessageIds: item.sourceMessageIds,
    vector: bytesToVector(item.vector),
  };
}
