import {
  bytesToVector,
  type Generation,
  inTenant,
  markProjected,
  type Outstanding,
  outstanding,
  readSearchableChunks,
  type SearchableChunk,
  type TenantScope,
} from '@colloquy/database';
import { toId } from '@colloquy/domain';
import type { EmbeddingVersion } from '@colloquy/embedding';
import type { ChunkRecord } from '@colloquy/vectors';
import type { PipelineContext } from '../context.ts';

/** Conversations read and written per round. */
const BATCH = 10;

/** Brings up to 10 due conversations of the tenant into the search store; the number of them. Throws when Weaviate is away. */
export async function projectSearch(
  context: PipelineContext,
  scope: TenantScope,
  version: EmbeddingVersion,
  generation: Generation,
): Promise<number> {
  const due = await inTenant(context.database, scope, (client) =>
    outstanding(client, 'SEARCH', generation.generation, version.id, BATCH),
  );
  for (const conversation of due) await show(context, scope, version, generation, conversation);
  if (due.length > 0)
    await inTenant(context.database, scope, (client) => markProjected(client, 'SEARCH', generation.generation, due));
  return due.length;
}

async function show(
  context: PipelineContext,
  scope: TenantScope,
  version: EmbeddingVersion,
  generation: Generation,
  conversation: Outstanding,
): Promise<void> {
  const chunks = await inTenant(context.database, scope, (client) =>
    readSearchableChunks(client, version.id, conversation.conversationId),
  );
  await context.vectors.writeConversation(scope.tenantId, generation.generation, version, {
    conversationId: toId('conversation', conversation.conversationId),
    chunks: chunks.map(toRecord),
    // Only a conversation that was there before can have chunks that are no longer wanted.
    replaces: conversation.projected > 0,
  });
}

function toRecord(chunk: SearchableChunk): ChunkRecord {
  return {
    ownerId: toId(chunk.ownerKind === 'ITEM' ? 'item' : 'message', chunk.ownerId),
    ownerKind: chunk.ownerKind,
    conversationId: toId('conversation', chunk.conversationId),
    chunkNumber: chunk.chunkNumber,
    start: chunk.start,
    end: chunk.end,
    content: chunk.content,
    platform: chunk.platform,
    role: chunk.role,
    hidden: chunk.hidden,
    intelligenceType: chunk.type,
    confidenceScore: chunk.confidence,
    tags: chunk.tags,
    occurredAt: chunk.occurredAt,
    vector: bytesToVector(chunk.vector),
  };
}
