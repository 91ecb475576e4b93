import {
  countMissingTexts,
  enqueueStage,
  inTenant,
  markEmbedded,
  replaceChunks,
  type SessionConversation,
  type StageLease,
  sessionConversations,
} from '@colloquy/database';
import { type PipelineContext, step } from '../context.ts';
import { cutConversations } from './chunk.ts';
import { embedMissing } from './vectors.ts';

const PAGE = 200;
/** Messages cut per transaction: about a second of work. */
const CUT_MESSAGES = 1_000;
/** Conversations whose texts are fetched at once: many short ones fill a batch, one long one is a batch of its own. */
const EMBED_MESSAGES = 500;

/** Texts to vectors: everything is cut first, so that the total is known; then each text is embedded once, ever. */
export async function embed(context: PipelineContext, lease: StageLease, signal: AbortSignal): Promise<void> {
  const embedder = await context.embedding.embedder();
  const version = embedder.version.id;
  const handBack = () => inTenant(context.database, lease, (client) => enqueueStage(client, lease.sessionId, 'EMBED'));

  for await (const group of groups(
    context,
    lease,
    CUT_MESSAGES,
    (one) => one.chunksStale || one.chunkedVersion !== version,
  )) {
    if (signal.aborted) return handBack();
    const cut = await cutConversations(context, lease, embedder, group);
    await step(context, lease, async (client) => {
      for (const [id, chunks] of cut) await replaceChunks(client, id, version, chunks);
      return { done: lease.done, total: lease.total };
    });
  }

  const missing = await inTenant(context.database, lease, (client) =>
    countMissingTexts(client, version, lease.sessionId),
  );
  const total = lease.done + missing;
  let done = lease.done;
  for await (const group of groups(context, lease, EMBED_MESSAGES, () => true)) {
    const whole = await embedMissing(context, lease, embedder, group, signal, async (count, store) => {
      done += count;
      await step(context, lease, async (client) => {
        await store(client);
        return { done, total: Math.max(total, done) };
      });
    });
    if (!whole) return handBack();
    await inTenant(context.database, lease, (client) => markEmbedded(client, version, group));
  }
  await step(context, lease, async (client) => {
    await enqueueStage(client, lease.sessionId, 'RELATE');
    return { done, total: done, finished: true };
  });
}

/** Ids of the session's conversations in their order, those that are wanted, in groups of about so many messages. */
async function* groups(
  context: PipelineContext,
  lease: StageLease,
  messages: number,
  wanted: (conversation: SessionConversation) => boolean,
): AsyncGenerator<string[]> {
  let group: string[] = [];
  let size = 0;
  for (let offset = 0; ; offset += PAGE) {
    const page = await inTenant(context.database, lease, (client) =>
      sessionConversations(client, lease.sessionId, offset, PAGE),
    );
    for (const conversation of page.filter(wanted)) {
      group.push(conversation.id);
      size += conversation.messageCount;
      if (size < messages) continue;
      yield group;
      group = [];
      size = 0;
    }
    if (page.length < PAGE) break;
  }
  if (group.length > 0) yield group;
}
