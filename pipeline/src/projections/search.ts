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
  type TenantClient,
  type TenantScope,
} from '@colloquy/database';
import { toId } from '@colloquy/domain';
import type { EmbeddingVersion } from '@colloquy/embedding';
import { type ChunkRecord, ProjectionMissingError, type ProjectionTarget } from '@colloquy/vectors';
import type { PipelineContext } from '../context.ts';

/** Conversations looked at per round, and chunks after which it is full: many short ones fill few large batches. */
const CONVERSATIONS = 100;
const CHUNKS = 1_000;

/** Where a generation of a tenant's search projection lies in Weaviate. */
export function searchTarget(scope: TenantScope, version: EmbeddingVersion, generation: Generation): ProjectionTarget {
  return { tenantId: scope.tenantId, generation: generation.generation, version: version.id };
}

/**
 * Brings due conversations of the tenant into the search store, about 1,000 chunks at once; the number of
 * conversations. Throws when Weaviate is away.
 */
export async function projectSearch(
  context: PipelineContext,
  scope: TenantScope,
  version: EmbeddingVersion,
  generation: Generation,
): Promise<number> {
  const target = searchTarget(scope, version, generation);
  const round = await inTenant(context.database, scope, (client) => collect(client, version, generation));
  try {
    await write(context, target, round);
  } catch (error) {
    if (!(error instanceof ProjectionMissingError)) throw error;
    // Made for the first time, or Weaviate's data was replaced: whatever it held of this generation is due again. The tenant
    // comes last: that it is missing is what brings an attempt here again that was cut off on the way.
    await inTenant(context.database, scope, (client) => clearGeneration(client, 'SEARCH', generation.generation));
    if (generation.state === 'ACTIVE') await context.vectors.activate(target);
    await context.vectors.ensureTenant(target);
    return 1;
  }
  const shown = round.map(({ due }) => due);
  if (shown.length > 0)
    await inTenant(context.database, scope, (client) => markProjected(client, 'SEARCH', generation.generation, shown));
  return shown.length;
}

interface DueConversation {
  due: Outstanding;
  chunks: ChunkRecord[];
}

async function collect(
  client: TenantClient,
  version: EmbeddingVersion,
  generation: Generation,
): Promise<DueConversation[]> {
  const round: DueConversation[] = [];
  let size = 0;
  for (const due of await outstanding(client, 'SEARCH', generation.generation, version.id, CONVERSATIONS)) {
    const chunks = (await readSearchableChunks(client, version.id, due.conversationId)).map(toRecord);
    round.push({ due, chunks });
    size += chunks.length;
    if (size >= CHUNKS) break;
  }
  return round;
}

async function write(
  context: PipelineContext,
  target: ProjectionTarget,
  round: readonly DueConversation[],
): Promise<void> {
  // Only a conversation that was there before can have chunks that are no longer wanted.
  const fresh = Map.groupBy(
    round.filter(({ due }) => due.projected === 0),
    ({ due }) => due.revision,
  );
  for (const [revision, conversations] of fresh) {
    await context.vectors.writeChunks(
      target,
      revision,
      conversations.flatMap(({ chunks }) => chunks),
    );
  }
  for (const { due, chunks } of round.filter(({ due }) => due.projected > 0)) {
    await context.vectors.replaceConversation(target, toId('conversation', due.conversationId), due.revision, chunks);
  }
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
