import {
  type AttachedText,
  type ChunkRow,
  inTenant,
  readAttachedTexts,
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
  const { messages, files, items } = await inTenant(context.database, scope, async (client) => ({
    messages: await readMessages(client, ids),
    files: Map.groupBy(await readAttachedTexts(client, ids), ({ messageId }) => messageId),
    items: await readItems(client, ids),
  }));
  return new Map(
    ids.map((id) => {
      const own = items.filter(({ conversationId }) => conversationId === id);
      const spoken = (messages.get(id) ?? []).flatMap((message) =>
        chunksOfMessage(embedder, message, files.get(message.id) ?? []),
      );
      return [id, [...spoken, ...own.flatMap((item) => cut(embedder, 'ITEM', item.id, itemText(item)))]] as const;
    }),
  );
}

/** The text under which an item is found: what it is called and what was said. */
export function itemText(item: Pick<StoredItemRow, 'title' | 'content'>): string {
  return item.content.startsWith(item.title) ? item.content : `${item.title}\n${item.content}`;
}

/** A message is found by its own words and by those of the files that came with it. */
function chunksOfMessage(embedder: Embedder, { id, text }: StoredMessage, files: readonly AttachedText[]): ChunkRow[] {
  const attached = files.flatMap((file) =>
    cut(embedder, 'MESSAGE', id, file.text).map((chunk) => ({ ...chunk, attachmentId: file.attachmentId })),
  );
  return [...cut(embedder, 'MESSAGE', id, text), ...attached].map((chunk, chunkNumber) => ({ ...chunk, chunkNumber }));
}

function cut(embedder: Embedder, ownerKind: ChunkRow['ownerKind'], ownerId: string, text: string): ChunkRow[] {
  return embedder.chunk(text).map((chunk) => ({
    ownerKind,
    ownerId,
    chunkNumber: chunk.number,
    attachmentId: null,
    start: chunk.start,
    end: chunk.end,
    content: chunk.text,
    textHash: textHash(chunk.text),
  }));
}
