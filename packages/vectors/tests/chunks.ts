import { createHash, randomUUID } from 'node:crypto';
import { mintUuid, toId } from '@colloquy/domain';
import type { ChunkRecord, ProjectionTarget, VectorIndex } from '../src/index.ts';

export const DIMENSIONS = 8;
/** A version of the tests' own, so that they never share a collection with anything else. */
export const SPACE = { id: 'test-space.1', dimensions: DIMENSIONS };

export const newTarget = (generation = 1): ProjectionTarget => ({
  tenantId: randomUUID(),
  generation,
  version: SPACE.id,
});

export const itemId = (): string => toId('item', mintUuid());
export const messageId = (): string => toId('message', mintUuid());
export const conversationId = (): string => toId('conversation', mintUuid());

/** A unit vector that points mostly along one axis: chunks of one axis are similar to each other. */
export function towards(axis: number, salt = ''): Float32Array {
  const noise = createHash('sha256').update(salt).digest();
  const vector = Float32Array.from({ length: DIMENSIONS }, (_, at) => (at === axis ? 1 : (noise[at] ?? 0) / 2_000));
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** A visible user's message of one chunk, unless told otherwise. */
export function chunk(own: Partial<ChunkRecord> = {}): ChunkRecord {
  const content = own.content ?? 'We keep one truth.';
  const ownerId = own.ownerId ?? messageId();
  return {
    ownerId,
    ownerKind: 'MESSAGE',
    chunkNumber: 0,
    start: 0,
    end: content.length,
    content,
    vector: towards(0, ownerId),
    conversationId: 'conv_none',
    platform: 'chatgpt',
    occurredAt: new Date('2026-03-01T12:00:00Z'),
    role: 'USER',
    hidden: false,
    intelligenceType: null,
    confidenceScore: null,
    tags: [],
    ...own,
  };
}

export function itemChunk(own: Partial<ChunkRecord> = {}): ChunkRecord {
  return chunk({
    ownerId: itemId(),
    ownerKind: 'ITEM',
    role: null,
    intelligenceType: 'TECHNICAL_DECISION',
    confidenceScore: 0.8,
    tags: ['storage'],
    ...own,
  });
}

/** Writes chunks and waits until their vectors can be found, 30 s at most. */
export async function project(index: VectorIndex, target: ProjectionTarget, chunks: readonly ChunkRecord[]) {
  await index.ensureCollection(SPACE);
  await index.ensureTenant(target);
  await index.writeChunks(target, 1, chunks);
  await indexed(index, target);
}

export async function indexed(index: VectorIndex, target: ProjectionTarget): Promise<void> {
  const deadline = Date.now() + 30_000;
  while ((await index.indexingQueueLength(target)) !== 0) {
    if (Date.now() > deadline) throw new Error('The indexing queue was not empty within 30 s.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
