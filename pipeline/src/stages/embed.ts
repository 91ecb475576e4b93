import {
  enqueueStage,
  inTenant,
  markEmbedded,
  replaceChunks,
  type SessionConversation,
  type StageLease,
  sessionConversations,
} from '@colloquy/database';
import type { Embedder } from '@colloquy/embedding';
import { EXTRACTOR_VERSION } from '@colloquy/intelligence';
import { type PipelineContext, step } from '../context.ts';
import { cutConversations } from './chunk.ts';
import { embedMissing } from './vectors.ts';

const PAGE = 100;
/** Conversations embedded together: many short ones fill a batch, one long one is a group of its own. */
const GROUP_MESSAGES = 500;
/** How soon to look again when EXTRACT has not come as far yet. */
const REST_SECONDS = 0.2;

type Group = readonly SessionConversation[];

/** A group whose texts are cut. */
interface Prepared {
  group: Group;
  /** Those of the group that lack vectors. */
  due: Group;
}

/**
 * Texts to vectors, each text once, ever. Follows EXTRACT conversation by conversation, in the archive's order; the unit
 * of progress is a message, its conversation's items included. While one group is embedded, the next one is cut.
 */
export async function embed(context: PipelineContext, lease: StageLease, signal: AbortSignal): Promise<void> {
  const embedder = await context.embedding.embedder();
  const again = (rest: number) =>
    inTenant(context.database, lease, (client) => enqueueStage(client, lease.sessionId, 'EMBED', rest));

  let done = 0;
  for (let offset = 0, upcoming = prepareNext(context, lease, embedder, 0, 0); ; ) {
    const prepared = await upcoming;
    if (prepared === 'not extracted') return again(REST_SECONDS);
    if (prepared === 'end') break;
    const messages = messagesOf(prepared.group);
    offset += prepared.group.length;
    upcoming = prepareNext(context, lease, embedder, offset, done);
    // Whatever happens to it is heard when its turn comes, or not at all when this group fails first.
    upcoming.catch(() => undefined);
    const whole = await embedGroup(context, lease, embedder, prepared.due, { done, messages }, signal);
    if (!whole || signal.aborted) return again(0);
    done += messages;
  }
  await step(context, lease, async (client) => {
    await enqueueStage(client, lease.sessionId, 'RELATE');
    return { done, total: done, finished: true };
  });
}

const isExtracted = ({ extractedRevision, revision, extractorVersion }: SessionConversation) =>
  extractedRevision >= revision && extractorVersion === EXTRACTOR_VERSION;

const isCut = ({ chunksStale, chunkedVersion }: SessionConversation, { version }: Embedder) =>
  !chunksStale && chunkedVersion === version.id;

const isEmbedded = (conversation: SessionConversation, embedder: Embedder) =>
  isCut(conversation, embedder) && conversation.embeddedRevision === conversation.searchRevision;

const messagesOf = (group: Group) => group.reduce((sum, { messageCount }) => sum + messageCount, 0);

/** Reads the group that begins at `offset` and cuts what is not cut yet. */
async function prepareNext(
  context: PipelineContext,
  lease: StageLease,
  embedder: Embedder,
  offset: number,
  done: number,
): Promise<Prepared | 'not extracted' | 'end'> {
  const page = await inTenant(context.database, lease, (client) =>
    sessionConversations(client, lease.sessionId, offset, PAGE),
  );
  if (page.length === 0) return 'end';
  const full = page.findIndex((_, index) => messagesOf(page.slice(0, index + 1)) >= GROUP_MESSAGES);
  const group = full < 0 ? page : page.slice(0, full + 1);
  if (!group.every(isExtracted)) return 'not extracted';
  const uncut = group.filter((conversation) => !isCut(conversation, embedder)).map(({ id }) => id);
  if (uncut.length > 0) {
    const cut = await cutConversations(context, lease, embedder, uncut);
    await step(context, lease, async (client) => {
      for (const [id, chunks] of cut) await replaceChunks(client, id, embedder.version.id, chunks);
      return { done, total: lease.total };
    });
  }
  return { group, due: group.filter((conversation) => !isEmbedded(conversation, embedder)) };
}

/** Embeds what a group lacks; false when it was told to stop before the end. */
async function embedGroup(
  context: PipelineContext,
  lease: StageLease,
  embedder: Embedder,
  due: Group,
  progress: { done: number; messages: number },
  signal: AbortSignal,
): Promise<boolean> {
  if (due.length === 0) return true;
  const ids = due.map(({ id }) => id);
  const at = (share: number) => {
    const done = progress.done + Math.floor(progress.messages * share);
    return { done, total: Math.max(lease.total ?? 0, done) };
  };
  const whole = await embedMissing(context, lease, embedder, ids, signal, async (share, store) => {
    await step(context, lease, async (client) => {
      await store(client);
      return at(share);
    });
  });
  if (!whole) return false;
  await step(context, lease, async (client) => {
    await markEmbedded(client, embedder.version.id, ids);
    return at(1);
  });
  return true;
}
