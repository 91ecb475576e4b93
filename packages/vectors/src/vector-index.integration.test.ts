import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testStores } from '../../../tests/support/stores.ts';
import {
  chunk,
  conversationId,
  indexed,
  itemChunk,
  messageId,
  newTarget,
  project,
  SPACE,
  towards,
} from '../tests/chunks.ts';
import {
  type ChunkRecord,
  ChunksRefusedError,
  openVectorIndex,
  ProjectionMissingError,
  type StoredChunk,
} from './index.ts';

const index = openVectorIndex(testStores().weaviate);
beforeAll(() => index.ensureCollection(SPACE));
afterAll(() => index.close());

const ids = (hits: readonly { ownerId: string }[] | undefined) => (hits ?? []).map(({ ownerId }) => ownerId);
const query = (axis: number) => ({ vector: towards(axis), version: SPACE.id });
async function all(chunks: AsyncIterable<StoredChunk>): Promise<StoredChunk[]> {
  const list: StoredChunk[] = [];
  for await (const one of chunks) list.push(one);
  return list;
}

describe('what is not there', () => {
  test('reads as not projected yet', async () => {
    const { tenantId } = newTarget();
    expect(await index.activeTarget(tenantId)).toBeNull();
    expect(await index.search({ tenantId, mode: 'KEYWORD', text: 'truth', limit: 10 })).toBeNull();
    expect(await index.vectorsOfOwners(tenantId, ['item_x'])).toBeNull();
    expect(await index.similar({ tenantId, vector: towards(0), limit: 5, minScore: 0 })).toBeNull();
  });

  test('is refused by writes and never made by them', async () => {
    const target = newTarget();
    await expect(index.writeChunks(target, 1, [chunk()])).rejects.toThrow(ProjectionMissingError);
    const elsewhere = { ...target, version: 'never-made.1' };
    await expect(index.writeChunks(elsewhere, 1, [chunk()])).rejects.toThrow(ProjectionMissingError);
    await expect(index.replaceConversation(elsewhere, 'conv_x', 1, [chunk()])).rejects.toThrow(ProjectionMissingError);
    expect(await index.generations(target.tenantId, SPACE.id)).toEqual([]);
    expect(await index.indexingQueueLength(target)).toBeNull();
    await index.dropTenant(target);
    await index.dropTenant(elsewhere);
  });
});

describe('a projection', () => {
  const target = newTarget();
  const conversation = conversationId();
  const other = conversationId();
  const storage = itemChunk({
    content: 'We store everything in PostgreSQL.',
    conversationId: conversation,
    vector: towards(1, 's'),
  });
  const idea = itemChunk({
    content: 'Perhaps a mobile application one day.',
    conversationId: other,
    platform: 'claude',
    intelligenceType: 'INCOMPLETE_IDEA',
    confidenceScore: 0.4,
    occurredAt: new Date('2026-05-01T00:00:00Z'),
    vector: towards(2, 'i'),
  });
  const message = chunk({ content: 'PostgreSQL it is, then.', conversationId: conversation, vector: towards(1, 'm') });
  const hidden = chunk({ content: 'PostgreSQL secret.', hidden: true, vector: towards(1, 'h') });
  const tool = chunk({ content: 'PostgreSQL tool output.', role: 'TOOL', vector: towards(1, 't') });
  const longId = messageId();
  const long = [0, 1, 2].map((chunkNumber) =>
    chunk({
      ownerId: longId,
      chunkNumber,
      start: chunkNumber * 30,
      end: chunkNumber * 30 + 27,
      content: `Part ${chunkNumber} on gardening tools.`,
      occurredAt: null,
      vector: towards(3, `long${chunkNumber}`),
    }),
  );
  const chunks = [storage, idea, message, hidden, tool, ...long];

  beforeAll(async () => {
    await project(index, target, chunks);
    await index.activate(target);
  });
  afterAll(() => index.dropTenant(target));

  const search = (filter: object, text = 'PostgreSQL', mode: 'KEYWORD' | 'VECTOR' | 'HYBRID' = 'KEYWORD', axis = 1) =>
    index.search({ tenantId: target.tenantId, mode, text, query: query(axis), limit: 10, filter });

  test('holds each owner, counted by kind, and every chunk as it was written', async () => {
    expect(await index.countOwners(target)).toEqual({ items: 2, messages: 4, chunks: 8 });
    const stored = await all(index.listChunks(target));
    const key = (one: { ownerId: string; chunkNumber: number }) => `${one.ownerId}#${one.chunkNumber}`;
    expect(stored.map(key).sort()).toEqual(chunks.map(key).sort());
    const { objectId: _, ...first } = stored.find(({ ownerId }) => ownerId === storage.ownerId)!;
    const { ownerId, ownerKind, chunkNumber, start, end, content, conversationId: of } = storage;
    expect(first).toEqual({ ownerId, ownerKind, chunkNumber, start, end, content, conversationId: of, revision: 1 });
  });

  test('written again is the same', async () => {
    await index.writeChunks(target, 1, chunks);
    expect(await index.countOwners(target)).toEqual({ items: 2, messages: 4, chunks: 8 });
    await indexed(index, target);
  });

  test('finds words, each owner once, hidden and tool messages only on request', async () => {
    expect(new Set(ids((await search({}))?.hits))).toEqual(new Set([storage.ownerId, message.ownerId]));
    const everything = await search({ includeHidden: true });
    expect(everything?.total).toBe(4);
    const gardening = await search({}, 'gardening tools');
    expect(gardening?.hits).toHaveLength(1);
    expect(gardening?.hits[0]).toMatchObject({ ownerId: longId, snippet: expect.stringContaining('gardening') });
    expect(long.map(({ start }) => start)).toContain(gardening?.hits[0]?.start);
  });

  test.each([
    ['kinds', { kinds: ['ITEM'] }, [storage, idea]],
    ['platforms', { platforms: ['claude'] }, [idea]],
    ['types', { types: ['INCOMPLETE_IDEA'] }, [idea]],
    ['confidence', { minConfidence: 0.5 }, [storage]],
    ['from', { from: new Date('2026-05-01T00:00:00Z') }, [idea]],
    ['to', { to: new Date('2026-05-01T00:00:00Z') }, [storage, message]],
    ['conversation', { conversationId: conversation }, [storage, message]],
    ['an owner left out', { exceptOwner: idea.ownerId, kinds: ['ITEM'] }, [storage]],
    ['nothing that fits', { conversationId: conversationId() }, []],
  ] as [string, object, ChunkRecord[]][])('filters by %s', async (_name, filter, expected) => {
    const page = await search(filter, 'anything', 'VECTOR');
    expect(ids(page?.hits).sort()).toEqual(expected.map(({ ownerId }) => ownerId).sort());
  });

  test('finds meanings, nearest first, with the cosine as score', async () => {
    const page = await search({}, 'anything', 'VECTOR', 2);
    expect(page?.hits[0]?.ownerId).toBe(idea.ownerId);
    const cosine = towards(2).reduce((sum, value, axis) => sum + value * (idea.vector[axis] ?? 0), 0);
    expect(page?.hits[0]?.score).toBeCloseTo(cosine, 4);
  });

  test('finds words and meanings together', async () => {
    const page = await search({}, 'mobile application', 'HYBRID', 1);
    expect(ids(page?.hits.slice(0, 3)).sort()).toEqual([idea, storage, message].map(({ ownerId }) => ownerId).sort());
    for (const { score } of page?.hits ?? []) expect(score >= 0 && score <= 1).toBe(true);
  });

  test('finds nothing for words it does not hold, and for punctuation', async () => {
    expect(await search({}, 'zebra')).toEqual({ hits: [], hasMore: false, total: 0 });
    expect((await search({}, '?! -- ""'))?.hits).toEqual([]);
  });

  test('gives pages that join without gap or overlap', async () => {
    const whole = await search({}, 'anything', 'VECTOR');
    const paged: string[] = [];
    for (let offset = 0; offset < 4; offset++) {
      const page = await index.search({
        tenantId: target.tenantId,
        mode: 'VECTOR',
        text: 'anything',
        query: query(1),
        limit: 1,
        offset,
      });
      expect(page?.hasMore).toBe(offset < 3);
      paged.push(...ids(page?.hits));
    }
    expect(paged).toEqual(ids(whole?.hits));
  });

  test('refuses the vector of another embedding version, but not a keyword search', async () => {
    const foreign = { vector: towards(1), version: 'other.1' };
    const request = { tenantId: target.tenantId, text: 'PostgreSQL', query: foreign, limit: 1 };
    await expect(index.search({ ...request, mode: 'HYBRID' })).rejects.toMatchObject({
      code: 'EMBEDDING_VERSION_MISMATCH',
    });
    expect(await index.search({ ...request, mode: 'KEYWORD', query: undefined })).not.toBeNull();
  });

  test('tells the vectors of many owners at once, and what is similar to one', async () => {
    const vectors = await index.vectorsOfOwners(target.tenantId, [storage.ownerId, longId, messageId()]);
    expect([...(vectors ?? new Map()).keys()].sort()).toEqual([storage.ownerId, longId].sort());
    expect(Math.hypot(...vectors!.get(longId)!)).toBeCloseTo(1, 5);
    const similar = await index.similar({
      tenantId: target.tenantId,
      vector: vectors!.get(storage.ownerId)!,
      excludeOwner: storage.ownerId,
      limit: 5,
      minScore: 0.9,
    });
    expect(ids(similar!)).toEqual([message.ownerId]);
    expect(similar?.[0]?.snippet).toBe(message.content);
  });

  test('is invisible to another tenant', async () => {
    const stranger = newTarget();
    await project(index, stranger, [chunk({ content: 'Mine alone.' })]);
    await index.activate(stranger);
    const request = { tenantId: stranger.tenantId, text: 'PostgreSQL', limit: 100, filter: { includeHidden: true } };
    expect((await index.search({ ...request, mode: 'KEYWORD' }))?.hits).toEqual([]);
    expect((await index.search({ ...request, mode: 'VECTOR', query: query(1) }))?.hits).toHaveLength(1);
    expect(await index.vectorsOfOwners(stranger.tenantId, [storage.ownerId])).toEqual(new Map());
    await index.dropTenant(stranger);
  });
});

describe('writes', () => {
  const target = newTarget();
  beforeAll(() => index.ensureTenant(target));
  afterAll(() => index.dropTenant(target));

  test('a conversation is replaced as a whole, and an older revision changes nothing', async () => {
    const conversation = conversationId();
    const of = (own: Partial<ChunkRecord>) => chunk({ conversationId: conversation, ...own });
    const stays = of({ content: 'Stays.' });
    const goes = of({ content: 'Goes.' });
    expect(await index.replaceConversation(target, conversation, 1, [stays, goes])).toMatchObject({
      written: 2,
      deleted: 0,
    });
    const changed = { ...stays, content: 'Stays, changed.' };
    expect(await index.replaceConversation(target, conversation, 3, [changed])).toMatchObject({
      written: 1,
      deleted: 1,
    });
    expect(await index.replaceConversation(target, conversation, 2, [goes])).toMatchObject({ outcome: 'superseded' });
    const stored = (await all(index.listChunks(target))).filter((one) => one.conversationId === conversation);
    expect(stored.map(({ content, revision }) => [content, revision])).toEqual([['Stays, changed.', 3]]);
    expect(await index.deleteConversations(target, [conversation])).toBe(1);
  });

  test('many chunks go in parallel batches, and owners can be deleted', async () => {
    const many = Array.from({ length: 1_100 }, () => chunk());
    await index.writeChunks(target, 1, many);
    expect(await index.countOwners(target)).toEqual({ items: 0, messages: 1_100, chunks: 1_100 });
    expect(
      await index.deleteOwners(
        target,
        many.slice(0, 600).map(({ ownerId }) => ownerId),
      ),
    ).toBe(600);
    expect(await index.countOwners(target)).toMatchObject({ messages: 500 });
    expect(await all(index.listChunks(target))).toHaveLength(500);
    await indexed(index, target);
  });

  test('a chunk that Weaviate refuses is named; the others are stored', async () => {
    const good = chunk({ content: 'Good.' });
    const bad = chunk({ vector: [1, 0, 0] });
    const before = await index.countOwners(target);
    const failure = await index.writeChunks(target, 1, [good, bad]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ChunksRefusedError);
    expect((failure as ChunksRefusedError).refused).toEqual([
      { ownerId: bad.ownerId, chunkNumber: 0, reason: expect.stringContaining('vector') },
    ]);
    expect((await index.countOwners(target)).messages).toBe(before.messages + 1);
  });
});

describe('generations', () => {
  test('readers see one whole generation or the other while it is swapped and the old one dropped', async () => {
    const first = newTarget(1);
    const second = { ...first, generation: 2 };
    const build = (word: string) => Array.from({ length: 20 }, () => chunk({ content: `${word} truth.` }));
    await project(index, first, build('Old'));
    await index.activate(first);
    await project(index, second, build('New'));
    expect(await index.generations(first.tenantId, SPACE.id)).toEqual([1, 2]);

    const read = async () => {
      const page = await index.search({ tenantId: first.tenantId, mode: 'KEYWORD', text: 'truth', limit: 100 });
      expect(page?.hits).toHaveLength(20);
      const words = new Set(page?.hits.map(({ snippet }) => snippet));
      expect(words.size).toBe(1);
      return [...words][0];
    };
    expect(await read()).toBe('Old truth.');
    let swapped = false;
    const reader = (async () => {
      const seen: (string | undefined)[] = [];
      while (!swapped || seen.at(-1) !== 'New truth.') seen.push(await read());
      return seen;
    })();
    expect(await index.activate(second)).toBe('moved');
    await index.dropTenant(first);
    swapped = true;
    const seen = await reader;
    expect(seen).toEqual(seen.toSorted((a, b) => (a === b ? 0 : a === 'Old truth.' ? -1 : 1)));
    expect(await index.activate(first)).toBe('superseded');
    expect(await index.activeTarget(first.tenantId)).toEqual(second);
    await index.dropTenant(second);
  });
});
