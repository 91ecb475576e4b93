import type { SearchKind } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';

/** A piece of a message or an item, cut for one embedding version. */
export interface ChunkRow {
  ownerKind: SearchKind;
  ownerId: string;
  /** From 0 in each owner, the texts of its attachments following its own. */
  chunkNumber: number;
  /** The attachment whose text the offsets count in; null for the owner's own text. */
  attachmentId: string | null;
  start: number;
  end: number;
  content: string;
  /** SHA-256 of what is embedded, hex. */
  textHash: string;
}

const BATCH = 2_000;
// An import and a rebuild may cut the same conversation: one after the other.
const LOCK = 'SELECT 1 FROM intelligence.conversations WHERE tenant_id = $1 AND id = $2 FOR UPDATE';
const CLEAR = 'DELETE FROM intelligence.text_chunks WHERE tenant_id = $1 AND conversation_id = $2 AND version = $3';
const INSERT = `
INSERT INTO intelligence.text_chunks (tenant_id, conversation_id, version, owner_kind, owner_id, chunk_number, attachment_id, start_offset, end_offset, content, text_hash)
SELECT $1, $2, $3, r.owner_kind, r.owner_id, r.chunk_number, r.attachment_id, r.start_offset, r.end_offset, r.content, decode(r.text_hash, 'hex')
FROM json_to_recordset($4::json) AS r (owner_kind text, owner_id uuid, chunk_number integer, attachment_id uuid, start_offset integer, end_offset integer, content text, text_hash text)`;
const MARK = `
UPDATE intelligence.conversations SET chunks_stale = false, chunked_version = $3, search_revision = search_revision + 1
WHERE tenant_id = $1 AND id = $2`;

/** Makes the chunks of a conversation what the embedder cut its texts into. */
export async function replaceChunks(
  client: TenantClient,
  conversationId: string,
  version: string,
  chunks: readonly ChunkRow[],
): Promise<void> {
  await client.query(LOCK, [client.tenantId, conversationId]);
  await client.query(CLEAR, [client.tenantId, conversationId, version]);
  for (let start = 0; start < chunks.length; start += BATCH) {
    const records = chunks.slice(start, start + BATCH).map((chunk) => ({
      owner_kind: chunk.ownerKind,
      owner_id: chunk.ownerId,
      chunk_number: chunk.chunkNumber,
      attachment_id: chunk.attachmentId,
      start_offset: chunk.start,
      end_offset: chunk.end,
      content: chunk.content,
      text_hash: chunk.textHash,
    }));
    await client.query(INSERT, [client.tenantId, conversationId, version, JSON.stringify(records)]);
  }
  await client.query(MARK, [client.tenantId, conversationId, version]);
}
