import {
  type ExportedConversation,
  type ExportedMessage,
  exportedConversations,
  exportedMessages,
  type MessagePlace,
} from '@colloquy/database';
import { writeConversation, writeEnd, writeHeader, writeMessage } from '@colloquy/formats';
import type { TenantStore } from '../tenant-store.ts';

/** What is read per transaction: a reader that is slow must not keep one open. */
const CONVERSATIONS_AT_ONCE = 50;
const MESSAGES_AT_ONCE = 500;
const BYTES_AT_ONCE = 4 * 1024 * 1024;

/** What the lines hold, counted as they are written. */
export interface LineCounts {
  conversations: number;
  messages: number;
  attachments: number;
}

/**
 * What a tenant has, or what one archive of it brought, as lines of our own format. Holds a page of messages at a time.
 * A conversation that changes meanwhile is exported as it was or as it is, and whole either way.
 */
export async function* exportLines(
  store: TenantStore,
  archiveId: string | null,
  counts: LineCounts = { conversations: 0, messages: 0, attachments: 0 },
): AsyncGenerator<string> {
  yield `${writeHeader(new Date())}\n`;
  let after: string | null = null;
  for (;;) {
    const page: ExportedConversation[] = await store.transact((client) =>
      exportedConversations(client, { archiveId, after, limit: CONVERSATIONS_AT_ONCE }),
    );
    for (const conversation of page) {
      counts.conversations++;
      yield `${writeConversation({ ...conversation, model: null }, conversation.current)}\n`;
      for await (const message of messagesOf(store, conversation)) {
        counts.messages++;
        counts.attachments += message.attachments.length;
        yield `${writeMessage(conversation, { ...message, metadata: message.metadata ?? {} })}\n`;
      }
    }
    const last = page.at(-1);
    if (!last || page.length < CONVERSATIONS_AT_ONCE) break;
    after = last.id;
  }
  yield `${writeEnd(counts)}\n`;
}

async function* messagesOf(store: TenantStore, conversation: ExportedConversation): AsyncGenerator<ExportedMessage> {
  let after: MessagePlace | null = null;
  for (;;) {
    const page: ExportedMessage[] = await store.transact((client) =>
      exportedMessages(client, conversation.id, { after, limit: MESSAGES_AT_ONCE, bytes: BYTES_AT_ONCE }),
    );
    yield* page;
    const last = page.at(-1);
    if (!last) return;
    after = { ordinal: last.ordinal, externalId: last.externalId };
  }
}
