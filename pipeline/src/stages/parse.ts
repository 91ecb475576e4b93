import {
  addCounts,
  enqueueStage,
  type IncomingConversation,
  type IssueRow,
  inTenant,
  mergeConversation,
  planStage,
  recordConversation,
  recordIssues,
  type SessionCounts,
  type StageLease,
  sessionSource,
  type TenantClient,
} from '@colloquy/database';
import { platformUuid } from '@colloquy/domain';
import { type ParsedConversation, readArchive, surveyArchive } from '@colloquy/formats';
import { openObjectSource } from '@colloquy/objects';
import { type PipelineContext, step } from '../context.ts';

/** How much one transaction takes in: enough to be fast, little enough to show progress and to lose little. */
const BATCH = { conversations: 25, messages: 500, characters: 4_000_000 };

/** A conversation at its place in the archive, with the issues met since the one before it. */
interface Arrival {
  ordinal: number;
  conversation: ParsedConversation | null;
  issues: IssueRow[];
}

/**
 * Bytes to rows. The whole archive is surveyed before anything is stored, so that a broken one leaves nothing half; then
 * conversations are stored in the archive's order, and a later attempt skips those that are stored.
 */
export async function parse(context: PipelineContext, lease: StageLease, signal: AbortSignal): Promise<void> {
  const source = await inTenant(context.database, lease, (client) => sessionSource(client, lease.sessionId));
  const bytes = await openObjectSource(context.objects, source.objectKey);
  const format = source.format === null ? {} : { format: source.format };
  const total = lease.total ?? (await surveyArchive(bytes, { ...format, signal })).conversationCount;
  if (lease.total === null) await step(context, lease, async () => ({ done: 0, total }));

  let batch: Arrival[] = [];
  let size = { conversations: 0, messages: 0, characters: 0 };
  let done = lease.done;
  const store = async (finished: boolean) => {
    done += size.conversations;
    await step(context, lease, async (client) => {
      await storeBatch(client, lease.sessionId, batch);
      if (finished) {
        await planStage(client, lease.sessionId, 'EXTRACT', { units: 1, per: 'conversations' });
        await planStage(client, lease.sessionId, 'EMBED', { units: 1, per: 'messages' });
        await planStage(client, lease.sessionId, 'PROJECT', { units: 2, per: 'conversations' });
        // Side by side from here on: each takes up what the one before it has finished.
        for (const stage of ['EXTRACT', 'EMBED', 'PROJECT'] as const)
          await enqueueStage(client, lease.sessionId, stage);
      }
      return { done, total: Math.max(total, done), finished };
    });
    batch = [];
    size = { conversations: 0, messages: 0, characters: 0 };
  };

  for await (const arrival of arrivals(readArchive(bytes, { ...format, signal }), lease.done)) {
    batch.push(arrival);
    size.conversations += arrival.conversation ? 1 : 0;
    size.messages += arrival.conversation?.messages.length ?? 0;
    size.characters += charactersOf(arrival.conversation);
    if (
      size.conversations >= BATCH.conversations ||
      size.messages >= BATCH.messages ||
      size.characters >= BATCH.characters
    ) {
      await store(false);
      // Stopping: hand back, and go on from here in the next process.
      if (signal.aborted)
        return inTenant(context.database, lease, (client) => enqueueStage(client, lease.sessionId, 'PARSE'));
    }
  }
  await store(true);
}

function charactersOf(conversation: ParsedConversation | null): number {
  return (
    conversation?.messages.reduce(
      (sum, message) => sum + message.text.length + message.raw.length,
      conversation.raw.length,
    ) ?? 0
  );
}

/** Numbers conversations and issues by their place in the archive, which is the same at every attempt; drops the first `skip` conversations. */
async function* arrivals(records: ReturnType<typeof readArchive>, skip: number): AsyncGenerator<Arrival> {
  let conversations = 0;
  let issues = 0;
  let waiting: IssueRow[] = [];
  for await (const record of records) {
    if (record.kind === 'issue') {
      waiting.push({ ...record.issue, ordinal: issues++ });
      continue;
    }
    const ordinal = conversations++;
    const own = record.conversation.issues.map((issue) => ({ ...issue, ordinal: issues++ }));
    if (ordinal >= skip) yield { ordinal, conversation: record.conversation, issues: [...waiting, ...own] };
    waiting = [];
  }
  if (waiting.length > 0) yield { ordinal: conversations, conversation: null, issues: waiting };
}

async function storeBatch(client: TenantClient, sessionId: string, batch: readonly Arrival[]): Promise<void> {
  const counts = {
    conversations: 0,
    messages: 0,
    issues: 0,
    newConversations: 0,
    newMessages: 0,
  } satisfies SessionCounts;
  for (const { ordinal, conversation, issues } of batch) {
    const changed: IssueRow[] = [];
    if (conversation) {
      const merged = await mergeConversation(client, toIncoming(conversation));
      const messageCount = conversation.messages.length;
      const firstSight = await recordConversation(client, sessionId, { ...merged, ordinal, messageCount });
      counts.conversations += firstSight ? 1 : 0;
      counts.messages += firstSight ? messageCount : merged.newMessages;
      counts.newConversations += merged.isNew ? 1 : 0;
      counts.newMessages += merged.newMessages;
      changed.push(
        ...merged.changedTexts.map((externalId, index) => changedText(conversation, externalId, ordinal, index)),
      );
    }
    counts.issues += await recordIssues(client, sessionId, [...issues, ...changed]);
  }
  await addCounts(client, sessionId, counts);
}

function toIncoming(conversation: ParsedConversation): IncomingConversation {
  return { ...conversation, platformId: platformUuid(conversation.platform) };
}

/** Ordinals of these issues lie apart from those of the reader, which do not depend on what is stored. */
function changedText(conversation: ParsedConversation, externalId: string, ordinal: number, index: number): IssueRow {
  return {
    ordinal: -1 - (ordinal * 10_000 + index),
    code: 'TEXT_CHANGED_SINCE_IMPORT',
    message: 'The text of this message differs from the one stored by an earlier import; the stored one is kept.',
    location: `${conversation.title ?? conversation.externalId} / ${externalId}`,
  };
}
