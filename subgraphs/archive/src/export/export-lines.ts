import {
  type ExportedConversation,
  type ExportedMessage,
  exportedConversations,
  exportedMessages,
  type MessagePlace,
} from '@colloquy/database';
import { writeConversation, writeEnd, writeHeader, writeMessage } from '@colloquy/formats';
import type { TenantStore } from '../tenant-store.ts';

/** Rows per transaction: a reader that is slow must not keep one open. */
const CONVERSATIONS_AT_ONCE = 50;
const MESSAGES_AT_ONCE = 500;

/**
 * What a tenant has, or what one archive of it brought, as lines of our own format. Holds a page of messages at a time.
 * A conversation that changes meanwhile is exported as it was or as it is, and whole either way.
 */
export async function* exportLines(store: TenantStore, archiveId: string | null): AsyncGenerator<string> {
  yield `${writeHeader(new Date())}\n`;
  const counts = { conversations: 0, messages: 0 };
  let after: string | null = null;
  for (;;) {
    const page: ExportedConversation[] = await store.transact((client) =>
      exportedConversations(client, { archiveId, after, limit: CONVERSATIONS_AT_ONCE }),
    );
    for (const conversation of page) {
      counts.conversations++;
      yield `${writeConversation({ ...conversation, model: null }, conversation.current)}\n`;
      for await (const line of messageLines(store, conversation)) {
        counts.messages++;
        yield `${line}\n`;
      }
    }
    const last = page.at(-1);
    if (!last || page.length < CONVERSATIONS_AT_ONCE) break;
    after = last.id;
  }
  yield `${writeEnd(counts)}\n`;
}

async function* messageLines(store: TenantStore, conversation: ExportedConversation): AsyncGenerator<string> {
  let after: MessagePlace | null = null;
  for (;;) {
    const place: MessagePlace | null = after;
    const page: ExportedMessage[] = await store.transact((client) =>
      exportedMessages(client, conversation.id, { after: place, limit: MESSAGES_AT_ONCE }),
    );
    for (const message of page) yield writeMessage(conversation, { ...message, metadata: message.metadata ?? {} });
    if (page.length < MESSAGES_AT_ONCE) return;
    after = page.at(-1) ?? null;
  }
}
