import {
  type ChunkRow,
  inTenant,
  readItems,
  readMessages,
  type StoredItemRow,
  type StoredMessage,
  type TenantScope,
} from '@colloquy/database';
import { type Embedder, textHash } from '@colloquy/embedding';
import type { PipelineContext } from '../context.ts';

/** Cuts the texts of some conversations into pieces that the model can take whole, by conversation. */
export async function cutConversations(
  context: PipelineContext,
  scope: TenantScope,
  embedder: Embedder,
  ids: readonly string[],
): Promise<Map<string, ChunkRow[]>> {
  const { messages, items } = await inTenant(context.database, scope, async (client) => ({
    messages: await readMessages(client, ids),
    items: await readItems(client, ids),
  }));
  return new Map(
    ids.map((id) => {
      const own = items.filter(({ conversationId }) => conversationId === id);
      return [id, chunksOf(embedder, messages.get(id) ?? [], own)] as const;
    }),
  );
}

/** The text under which an item is found: what it is called and what was said. */
export function itemText(item: Pick<StoredItemRow, 'title' | 'content'>): string {
  return item.content.startsWith(item.title) ? item.content : `${item.title}\n${item.content}`;
}

function chunksOf(embedder: Embedder, messages: readonly StoredMessage[], items: readonly StoredItemRow[]): ChunkRow[] {
  return [
    ...messages.flatMap(({ id, text }) => cut(embedder, 'MESSAGE', id, text)),
    ...items.flatMap((item) => cut(embedder, 'ITEM', item.id, itemText(item))),
  ];
}

function cut(embedder: Embedder, ownerKind: ChunkRow['ownerKind'], ownerId: string, text: string): ChunkRow[] {
  return embedder.chunk(text).map((chunk) => ({
    ownerKind,
    ownerId,
    chunkNumber: chunk.number,
    start: chunk.start,
    end: chunk.end,
    content: chunk.text,
    textHash: textHash(chunk.text),
  }));
}
