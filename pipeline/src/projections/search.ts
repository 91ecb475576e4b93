import {
  bytesToVector,
  clearGeneration,
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
import { type ChunkRecord, ProjectionMissingError, type ProjectionTarget } from '@colloquy/vectors';
import type { PipelineContext } from '../context.ts';

/** Conversations read and written per round. */
const BATCH = 10;

/** Where a generation of a tenant's search projection lies in Weaviate. */
export function searchTarget(scope: TenantScope, version: EmbeddingVersion, generation: Generation): ProjectionTarget {
  return { tenantId: scope.tenantId, generation: generation.generation, version: version.id };
}

/** Brings up to 10 due conversations of the tenant into the search store; the number of them. Throws when Weaviate is away. */
export async function projectSearch(
  context: PipelineContext,
  scope: TenantScope,
  version: EmbeddingVersion,
  generation: Generation,
): Promise<number> {
  const target = searchTarget(scope, version, generation);
  const due = await inTenant(context.database, scope, (client) =>
    outstanding(client, 'SEARCH', generation.generation, version.id, BATCH),
  );
  try {
    for (const conversation of due) await show(context, scope, target, conversation);
  } catch (error) {
    if (!(error instanceof ProjectionMissingError)) throw error;
    // Made for the first time, or Weaviate's data was replaced: whatever it held of this generation is due again.
    await context.vectors.ensureTenant(target);
    await inTenant(context.database, scope, (client) => clearGeneration(client, 'SEARCH', generation.generation));
    if (generation.state === 'ACTIVE') await context.vectors.activate(target);
    return 1;
  }
  if (due.length > 0)
    await inTenant(context.database, scope, (client) => markProjected(client, 'SEARCH', generation.generation, due));
  return due.length;
}

async function show(
  context: PipelineContext,
  scope: TenantScope,
  target: ProjectionTarget,
  { conversationId, revision, projected }: Outstanding,
): Promise<void> {
  const chunks = await inTenant(context.database, scope, (client) =>
    readSearchableChunks(client, target.version, conversationId),
  );
  const records = chunks.map(toRecord);
  // Only a conversation that was there before can have chunks that are no longer wanted.
  if (projected === 0) await context.vectors.writeChunks(target, revision, records);
  else await context.vectors.replaceConversation(target, toId('conversation', conversationId), revision, records);
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
