import {
  addCounts,
  countItems,
  enqueueStage,
  inTenant,
  readMessages,
  replaceItems,
  type SessionConversation,
  type StageLease,
  type StoredMessage,
  sessionConversations,
} from '@colloquy/database';
import { EXTRACTOR_VERSION, type ExtractedItem, extractItems } from '@colloquy/intelligence';
import { type PipelineContext, step } from '../context.ts';

/** Messages per transaction, about: the bar moves several times a second. */
const BATCH_MESSAGES = 1_000;
const PAGE = 100;

interface Extracted {
  conversation: SessionConversation;
  /** Null when the items of this revision are stored already. */
  items: ExtractedItem[] | null;
}

/** Messages to items: conversation by conversation, in the archive's order. */
export async function extract(context: PipelineContext, lease: StageLease, signal: AbortSignal): Promise<void> {
  let done = lease.done;
  for (;;) {
    const page = await inTenant(context.database, lease, (client) =>
      sessionConversations(client, lease.sessionId, done, PAGE),
    );
    for (const batch of batches(page)) {
      if (signal.aborted)
        return inTenant(context.database, lease, (client) => enqueueStage(client, lease.sessionId, 'EXTRACT'));
      await storeBatch(context, lease, await extractBatch(context, lease, batch), done + batch.length);
      done += batch.length;
    }
    if (page.length < PAGE) break;
  }
  await step(context, lease, async (client) => {
    await enqueueStage(client, lease.sessionId, 'EMBED');
    return { done, total: done, finished: true };
  });
}

function* batches(conversations: readonly SessionConversation[]): Generator<SessionConversation[]> {
  let batch: SessionConversation[] = [];
  let messages = 0;
  for (const conversation of conversations) {
    batch.push(conversation);
    messages += conversation.messageCount;
    if (messages >= BATCH_MESSAGES) {
      yield batch;
      batch = [];
      messages = 0;
    }
  }
  if (batch.length > 0) yield batch;
}

const isDue = (conversation: SessionConversation) =>
  conversation.extractedRevision < conversation.revision || conversation.extractorVersion !== EXTRACTOR_VERSION;

async function extractBatch(
  context: PipelineContext,
  lease: StageLease,
  batch: readonly SessionConversation[],
): Promise<Extracted[]> {
  const due = batch.filter(isDue).map(({ id }) => id);
  const messages = await inTenant(context.database, lease, (client) => readMessages(client, due));
  return batch.map((conversation) => {
    const spoken = messages.get(conversation.id);
    return { conversation, items: spoken ? itemsOf(conversation, spoken) : null };
  });
}

/** The items of a conversation, each with the characters it came from. */
export function itemsOf(
  conversation: Pick<SessionConversation, 'title' | 'platform'>,
  messages: readonly StoredMessage[],
): ExtractedItem[] {
  const items = extractItems(messages, { title: conversation.title, platform: conversation.platform });
  const texts = new Map(messages.map(({ id, text }) => [id, text]));
  for (const { title, evidence } of items) {
    for (const { messageId, start, end, quote } of evidence) {
      // The rule that every fact points at characters is checked here once more, at the door of the store.
      if (texts.get(messageId)?.slice(start, end) !== quote)
        throw new Error(`The evidence of "${title}" is not in message ${messageId} at ${start}..${end}.`);
    }
  }
  return items;
}

async function storeBatch(
  context: PipelineContext,
  lease: StageLease,
  extracted: readonly Extracted[],
  done: number,
): Promise<void> {
  await step(context, lease, async (client) => {
    const newItemIds: string[] = [];
    let items = 0;
    for (const { conversation, items: found } of extracted) {
      if (found) newItemIds.push(...(await replaceItems(client, conversation, EXTRACTOR_VERSION, found)).newItemIds);
      items += await countItems(client, conversation.id);
    }
    await addCounts(client, lease.sessionId, { items });
    return { done, total: lease.total, newItemIds };
  });
}
