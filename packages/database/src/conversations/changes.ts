import { ARRANGED_BY_TIME, mintUuid } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';
import { type Description, describe, type HashedMessage, hashMessages } from './description.ts';
import type { IncomingConversation } from './incoming.ts';
import type { KnownConversation } from './known.ts';
import { type MessageRow, parentIdOf } from './messages.ts';

/** A message that is stored, as far as comparing needs it. */
interface StoredMessage {
  id: string;
  externalId: string;
  contentHash: Buffer;
  createdAt: Date | null;
}

const STORED = `
SELECT id, external_id AS "externalId", content_hash AS "contentHash", created_at AS "createdAt"
FROM intelligence.messages WHERE tenant_id = $1 AND conversation_id = $2`;

/** A message whose text differs from the stored one. */
export interface ChangedText extends HashedMessage {
  id: string;
}

/** How an export differs from the conversation that is stored. */
export interface ConversationChanges {
  known: KnownConversation;
  incoming: IncomingConversation;
  description: Description;
  /** The number of this visit. */
  visit: number;
  /** Whether the export is the newest that held the conversation: only such a one changes what is shown. */
  newest: boolean;
  /** What the active path is to be: that of the export, that which is stored, or all messages in the order of time. */
  path: 'incoming' | 'stored' | 'time';
  /** Messages that are new, under their ids. */
  rows: MessageRow[];
  changedTexts: ChangedText[];
  /** Stored messages that the export holds, */
  presentIds: string[];
  /** and those of them that it does not itself remember as vanished. */
  returnedIds: string[];
  /** Stored messages that it does not hold, */
  absentIds: string[];
  /** and those of them that it would hold, had they not vanished. */
  vanishedIds: string[];
  idOf: ReadonlyMap<string, string>;
}

/** Compares; null when the export says just what the latest one said. */
export async function findChanges(
  client: TenantClient,
  known: KnownConversation,
  incoming: IncomingConversation,
): Promise<ConversationChanges | null> {
  const messages = hashMessages(incoming);
  const description = describe(incoming, messages);
  if (known.contentHash.equals(description.fingerprint)) return null;
  const { rows: stored } = await client.query<StoredMessage>(STORED, [client.tenantId, known.id]);
  const visit = known.ownVisit ?? known.visits + 1;
  const newest = isNewest(known, incoming, description);
  const byTime = incoming.metadata.arrangedBy === ARRANGED_BY_TIME;

  const storedOf = new Map(stored.map((message) => [message.externalId, message]));
  const idOf = new Map(stored.map(({ externalId, id }) => [externalId, id]));
  const unknown = messages.filter(({ message }) => !storedOf.has(message.externalId));
  for (const { message } of unknown) idOf.set(message.externalId, mintUuid());
  const held = new Set(messages.map(({ message }) => message.externalId));
  const present = stored.filter(({ externalId }) => held.has(externalId));
  const vanished = new Set(messages.flatMap(({ message }) => (message.absentSince ? [message.externalId] : [])));
  const absent = stored.filter(({ externalId }) => !held.has(externalId));
  const path = byTime ? 'time' : newest ? 'incoming' : 'stored';
  return {
    known,
    incoming,
    description,
    visit,
    newest,
    path,
    rows: unknown.map((hashed) => ({
      ...hashed,
      id: idOf.get(hashed.message.externalId) ?? mintUuid(),
      conversationId: known.id,
      parentId: parentIdOf(hashed, idOf),
      sequence: path === 'incoming' ? hashed.message.sequence : null,
      visit,
    })),
    changedTexts: messages.flatMap((hashed) => {
      const was = storedOf.get(hashed.message.externalId);
      return was && !was.contentHash.equals(hashed.contentHash) ? [{ ...hashed, id: was.id }] : [];
    }),
    presentIds: present.map(({ id }) => id),
    returnedIds: present.filter(({ externalId }) => !vanished.has(externalId)).map(({ id }) => id),
    absentIds: absent.map(({ id }) => id),
    vanishedIds: newest
      ? absent.filter((message) => !byTime || isWithin(message, description)).map(({ id }) => id)
      : [],
    idOf,
  };
}

/**
 * Judged by when the conversation was last changed, else by its latest message, else by its length: exports are imported in
 * any order, and an older one must not turn a conversation back.
 */
function isNewest(known: KnownConversation, { updatedAt, messages }: IncomingConversation, { endedAt }: Description) {
  if (updatedAt && known.sourceUpdatedAt) return updatedAt >= known.sourceUpdatedAt;
  if (endedAt && known.endedAt) return endedAt >= known.endedAt;
  return messages.length >= known.messageCount;
}

/** Chats are often exported for a range of dates: only what lies in it can be missed. */
function isWithin({ createdAt }: StoredMessage, { startedAt, endedAt }: Description): boolean {
  return createdAt !== null && startedAt !== null && endedAt !== null && createdAt >= startedAt && createdAt <= endedAt;
}
