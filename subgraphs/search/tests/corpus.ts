import { randomUUID } from 'node:crypto';
import { mintUuid, tenantUuid, toId } from '@colloquy/domain';
import type { Embedder } from '@colloquy/embedding';
import type { ChunkRecord, ProjectionTarget, VectorIndex } from '@colloquy/vectors';

export interface Corpus {
  readonly tenant: string;
  readonly target: ProjectionTarget;
  readonly itemIds: readonly string[];
  readonly messageIds: readonly string[];
  readonly conversationId: string;
}

const ITEMS = [
  'We store all rows in PostgreSQL because it is the single source of truth.',
  'Every fact lives in one relational database; other stores are copies.',
  'Uploads should resume after a broken connection.',
  'Let people continue an interrupted upload where it stopped.',
  'The search page is slow when an archive holds many messages.',
  'Someday a mobile application could record conversations.',
];
const MESSAGES = [
  ['USER', 'Which database should we use for the archive?'],
  ['ASSISTANT', 'PostgreSQL would serve you well here.'],
  ['TOOL', 'PostgreSQL tool output: 42 rows.'],
  ['USER', 'My upload broke halfway, can it go on?'],
] as const;

/** A tenant of its own with a few items and messages, embedded by the real model. */
export async function projectCorpus(index: VectorIndex, embedder: Embedder): Promise<Corpus> {
  const tenant = `t-${randomUUID().slice(0, 8)}`;
  const target = { tenantId: tenantUuid(tenant), generation: 1, version: embedder.version.id };
  const conversationId = toId('conversation', mintUuid());
  const items = ITEMS.map((content) => ({ content, kind: 'ITEM' as const, role: null }));
  const messages = MESSAGES.map(([role, content]) => ({ content, kind: 'MESSAGE' as const, role }));
  const texts = [...items, ...messages];
  const vectors = await embedder.embed(texts.map(({ content }) => content));
  const chunks = texts.map(
    ({ content, kind, role }, at): ChunkRecord => ({
      ownerId: toId(kind === 'ITEM' ? 'item' : 'message', mintUuid()),
      ownerKind: kind,
      chunkNumber: 0,
      start: 0,
      end: content.length,
      content,
      vector: vectors[at] as Float32Array,
      conversationId,
      platform: 'chatgpt',
      occurredAt: new Date('2026-03-01T12:00:00Z'),
      role,
      hidden: false,
      intelligenceType: kind === 'ITEM' ? 'TECHNICAL_DECISION' : null,
      confidenceScore: kind === 'ITEM' ? 0.8 : null,
      tags: [],
    }),
  );
  await index.ensureCollection(embedder.version);
  await index.ensureTenant(target);
  await index.writeChunks(target, 1, chunks);
  await index.activate(target);
  const deadline = Date.now() + 30_000;
  while ((await index.indexingQueueLength(target)) !== 0) {
    if (Date.now() > deadline) throw new Error('The indexing queue was not empty within 30 s.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const idsOf = (wanted: string) => chunks.filter((one) => one.ownerKind === wanted).map(({ ownerId }) => ownerId);
  return { tenant, target, itemIds: idsOf('ITEM'), messageIds: idsOf('MESSAGE'), conversationId };
}
