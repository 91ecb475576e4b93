import {
  addAssets,
  addCounts,
  type IncomingConversation,
  type MergeResult,
  mergeConversations,
  recordIssues,
  type TenantClient,
} from '@colloquy/database';
import { platformUuid } from '@colloquy/domain';
import type { ParsedAttachment, ParsedConversation } from '@colloquy/formats';
import type { Arrival } from './arrivals.ts';
import type { ArrivedAssets } from './assets.ts';
import { awaitTurn } from './in-order.ts';

// PostgreSQL sees no circle of waiting that leads over the turn: who waits for long gives up, and the stage is tried again.
const BEAR_LOCKS = `SET LOCAL lock_timeout = '10s'`;

/**
 * Stores what arrived, with the session's counts, in the caller's transaction: the rows at once, what is the session's when it
 * is the batch's turn.
 */
export async function storeBatch(
  client: TenantClient,
  sessionId: string,
  batch: readonly Arrival[],
  assets: ArrivedAssets,
  turn: Promise<void>,
): Promise<void> {
  const arrived = batch.flatMap(({ ordinal, conversation }) =>
    conversation ? [{ ordinal, conversation: toIncoming(conversation, assets) }] : [],
  );
  await client.query(BEAR_LOCKS);
  await addAssets(client, assets.added);
  const results = await mergeConversations(client, sessionId, arrived);
  await awaitTurn(client, turn);
  const issues = [...batch.flatMap((arrival) => arrival.issues), ...assets.issues];
  await recordIssues(client, sessionId, issues);
  const sum = (of: (result: MergeResult) => number) => results.reduce((total, result) => total + of(result), 0);
  await addCounts(client, sessionId, {
    conversations: sum(({ firstSight }) => Number(firstSight)),
    // Of a conversation that comes for the second time, only what it adds.
    messages: sum(({ firstSight, messageCount, newMessages }) => (firstSight ? messageCount : newMessages)),
    issues: issues.length,
    newConversations: sum(({ isNew }) => Number(isNew)),
    newMessages: sum(({ newMessages }) => newMessages),
    changedConversations: sum((result) => Number(isChanged(result))),
    changedMessages: sum(({ changedMessages }) => changedMessages),
    absentMessages: sum(({ absentMessages }) => absentMessages),
    attachments: arrived.reduce((total, { conversation }) => total + attachmentsOf(conversation), 0),
  });
}

/** A conversation that was known, and is not as it was. */
function isChanged({ isNew, newMessages, changedMessages, absentMessages, titleChanged }: MergeResult): boolean {
  return !isNew && (newMessages > 0 || changedMessages > 0 || absentMessages > 0 || titleChanged);
}

function attachmentsOf({ messages }: IncomingConversation): number {
  return messages.reduce((total, { attachments }) => total + attachments.length, 0);
}

function toIncoming(conversation: ParsedConversation, assets: ArrivedAssets): IncomingConversation {
  return {
    ...conversation,
    platformId: platformUuid(conversation.platform),
    messages: conversation.messages.map((message) => ({
      ...message,
      attachments: message.attachments.map((attachment) => toIncomingAttachment(attachment, assets)),
    })),
  };
}

function toIncomingAttachment(attachment: ParsedAttachment, { contentOf }: ArrivedAssets) {
  const { externalId, fileName, mediaType, position, text } = attachment;
  const content = contentOf.get(attachment);
  const { sha256, byteSize } = content ?? { sha256: null, byteSize: attachment.byteSize };
  return { externalId, fileName, mediaType, position, text, sha256, byteSize };
}
