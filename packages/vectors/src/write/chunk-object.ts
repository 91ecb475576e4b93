import type { ChunkRecord } from '../chunk-record.ts';
import type { ChunkProperties } from '../store/chunk-properties.ts';
import { objectId } from './object-id.ts';

/** ChunkRecord -> what Weaviate stores. */
export function chunkObject(chunk: ChunkRecord, version: string, revision: number) {
  return {
    id: objectId(chunk.ownerId, chunk.chunkNumber, version),
    properties: propertiesOf(chunk, revision),
    vectors: Array.from(chunk.vector),
  };
}

function propertiesOf(chunk: ChunkRecord, revision: number): ChunkProperties {
  const { content, ownerId, ownerKind, conversationId, platform, hidden, start, end, chunkNumber } = chunk;
  return {
    content,
    ownerId,
    ownerKind,
    conversationId,
    platform,
    tags: [...chunk.tags],
    hidden,
    ordinary: !hidden && chunk.role !== 'SYSTEM' && chunk.role !== 'TOOL',
    start,
    end,
    chunkNumber,
    revision,
    ...(chunk.role === null ? {} : { role: chunk.role }),
    ...(chunk.intelligenceType === null ? {} : { intelligenceType: chunk.intelligenceType }),
    ...(chunk.confidenceScore === null ? {} : { confidenceScore: chunk.confidenceScore }),
    ...(chunk.occurredAt === null ? {} : { occurredAt: chunk.occurredAt }),
  };
}
