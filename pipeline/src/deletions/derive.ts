import {
  conversationsToEmbed,
  conversationsToExtract,
  conversationsToRelate,
  type DeletionLease,
  deletionStep,
  inTenant,
  markConversationsRelated,
  markEmbedded,
  postponeDeletion,
  readItemsToRelateAnew,
  readMessages,
  replaceChunks,
  replaceItems,
  replaceRelations,
} from '@colloquy/database';
import { EXTRACTOR_VERSION, relateItems } from '@colloquy/intelligence';
import type { PipelineContext } from '../context.ts';
import { cutConversations } from '../stages/chunk.ts';
import { itemsOf } from '../stages/extract.ts';
import { toRelatable } from '../stages/relate.ts';
import { embedMissing } from '../stages/vectors.ts';

const CONVERSATIONS_AT_ONCE = 20;

/**
 * Extracts, embeds and relates anew what lost something. No session does it: that of the conversation may be long over.
 * Runs in the tenant's queue, as EXTRACT and RELATE do.
 */
export async function derive(context: PipelineContext, lease: DeletionLease, signal: AbortSignal): Promise<void> {
  while (await extractSome(context, lease)) if (signal.aborted) return again(context, lease);
  while (await embedSome(context, lease, signal)) if (signal.aborted) return again(context, lease);
  await relate(context, lease);
}

const again = (context: PipelineContext, lease: DeletionLease) =>
  inTenant(context.database, lease, (client) => postponeDeletion(client, lease, null, 0));

async function extractSome(context: PipelineContext, lease: DeletionLease): Promise<boolean> {
  const { due, messages } = await inTenant(context.database, lease, async (client) => {
    const due = await conversationsToExtract(client, lease.deletionId, CONVERSATIONS_AT_ONCE);
    return {
      due,
      messages: await readMessages(
        client,
        due.map(({ id }) => id),
      ),
    };
  });
  if (due.length === 0) return false;
  const found = due.map((conversation) => itemsOf(conversation, messages.get(conversation.id) ?? []));
  await deletionStep(context.database, lease, async (client) => {
    for (const [index, conversation] of due.entries())
      await replaceItems(client, conversation, EXTRACTOR_VERSION, found[index] ?? []);
    return {};
  });
  return true;
}

async function embedSome(context: PipelineContext, lease: DeletionLease, signal: AbortSignal): Promise<boolean> {
  const embedder = await context.embedding.embedder();
  const version = embedder.version.id;
  const ids = await inTenant(context.database, lease, (client) =>
    conversationsToEmbed(client, lease.deletionId, version, CONVERSATIONS_AT_ONCE),
  );
  if (ids.length === 0) return false;
  const cut = await cutConversations(context, lease, embedder, ids);
  await deletionStep(context.database, lease, async (client) => {
    for (const [id, chunks] of cut) await replaceChunks(client, id, version, chunks);
    return {};
  });
  const whole = await embedMissing(context, lease, embedder, ids, signal, async (_share, store) => {
    await deletionStep(context.database, lease, async (client) => {
      await store(client);
      return {};
    });
  });
  if (whole) await inTenant(context.database, lease, (client) => markEmbedded(client, version, ids));
  return true;
}

async function relate(context: PipelineContext, lease: DeletionLease): Promise<void> {
  const { id: version } = await context.embedding.version();
  const { ids, items } = await inTenant(context.database, lease, async (client) => {
    const ids = await conversationsToRelate(client, lease.deletionId);
    return { ids, items: await readItemsToRelateAnew(client, version, ids) };
  });
  const fresh = items.filter((item) => item.fresh);
  const known = items.filter((item) => !item.fresh);
  const found = fresh.length === 0 ? [] : relateItems({ fresh: fresh.map(toRelatable), known: known.map(toRelatable) });
  await deletionStep(context.database, lease, async (client) => {
    const freshIds = fresh.map(({ id }) => id);
    if (freshIds.length > 0) await replaceRelations(client, freshIds, found);
    await markConversationsRelated(client, ids);
    return { next: 'REPROJECT' };
  });
}
