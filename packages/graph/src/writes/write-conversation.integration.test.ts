import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { testStores } from '../../../../tests/support/stores.ts';
import { ForeignIdError, type Graph, NoNextGenerationError, openGraph } from '../index.ts';
import {
  dependsOn,
  evolvesTo,
  item,
  newConversationId,
  newItemId,
  newTenant,
  projection,
  relatesTo,
} from '../testing/index.ts';

jest.setTimeout(60_000);
const config = testStores().neo4j;
let graph: Graph;
beforeAll(async () => {
  graph = openGraph(config);
  await graph.ensureSchema();
});
afterAll(() => graph.close());

const contents = async (tenant: string, slot: 'active' | 'next' = 'active') => ({
  nodes: await graph.listNodes(tenant, slot),
  edges: await graph.listEdges(tenant, slot),
});

function sample() {
  const [a, b] = [item({ title: 'Sign tokens' }), item({ title: 'Rotate keys', occurredAt: null })];
  const relations = [dependsOn(a.id, b.id), evolvesTo(a.id, b.id), relatesTo(b.id, a.id)];
  return { a, b, written: projection({ items: [a, b], relations }) };
}

describe('a conversation', () => {
  test('is stored with every property that the requirements name', async () => {
    const tenant = newTenant();
    const { a, b, written } = sample();
    await graph.writeConversation(tenant, 'active', written);
    const { nodes, edges } = await contents(tenant);
    expect(nodes.find(({ id }) => id === a.id)?.properties).toEqual({
      id: a.id,
      tenantId: tenant,
      type: 'TECHNICAL_DECISION',
      title: 'Sign tokens',
      confidence: 0.8,
      platform: 'chatgpt',
      conversationId: written.conversation.id,
      occurredAt: '2024-03-01T10:00:00Z',
      extractedAt: '2024-03-01T10:00:00Z',
      tags: ['redis', 'sessions'],
      revision: 1,
      projected: true,
    });
    expect(nodes.find(({ kind }) => kind === 'conversation')?.properties).toMatchObject({
      tenantId: tenant,
      platform: 'chatgpt',
      startedAt: '2024-03-01T10:00:00Z',
      messageCount: 12,
    });
    const edge = (type: string) => edges.find((found) => found.type === type && found.source !== b.id)?.properties;
    expect(edge('DEPENDS_ON')).toMatchObject({ strength: 0.7, confidence: 0.9, relationship_type: 'prerequisite' });
    expect(edge('DEPENDS_ON')).toHaveProperty('created_at', '2024-03-01T10:00:00Z');
    expect(edge('EVOLVES_TO')).toMatchObject({
      evolution_type: 'refinement',
      time_gap_hours: 24,
      similarity_score: 0.8,
    });
    expect(edge('EXTRACTED_FROM')).toEqual({ message_ids: a.messageIds, extraction_confidence: 0.8 });
    const related = edges.find(({ type }) => type === 'RELATES_TO')?.properties;
    expect(related).toMatchObject({ relevance_score: 0.6, context: 'Both speak of sessions.' });
  });

  test('written twice is stored once', async () => {
    const tenant = newTenant();
    const { written } = sample();
    await graph.writeConversation(tenant, 'active', written);
    const before = await contents(tenant);
    await graph.writeConversation(tenant, 'active', written);
    expect(await contents(tenant)).toEqual(before);
    expect(await graph.counts(tenant)).toEqual({
      items: 2,
      conversations: 1,
      relations: { DEPENDS_ON: 1, EVOLVES_TO: 1, RELATES_TO: 1, EXTRACTED_FROM: 2 },
    });
  });

  test('loses what a later revision no longer holds', async () => {
    const tenant = newTenant();
    const { a, b, written } = sample();
    await graph.writeConversation(tenant, 'active', written);
    await graph.writeConversation(tenant, 'active', { ...written, items: [b], relations: [], revision: 2 });
    const { nodes, edges } = await contents(tenant);
    expect(nodes.map(({ id }) => id)).not.toContain(a.id);
    expect(edges.map(({ type }) => type)).toEqual(['EXTRACTED_FROM']);
    expect(await graph.revisions(tenant)).toEqual(new Map([[written.conversation.id, 2]]));
  });

  test('never goes back to a lower revision', async () => {
    const tenant = newTenant();
    const { written } = sample();
    await graph.writeConversation(tenant, 'active', { ...written, revision: 7 });
    const before = await contents(tenant);
    await graph.writeConversation(tenant, 'active', { ...written, items: [], relations: [], revision: 6 });
    expect(await contents(tenant)).toEqual(before);
  });

  test('of racing writers ends with the highest revision', async () => {
    const tenant = newTenant();
    const conversation = projection().conversation;
    const revisions = Array.from({ length: 12 }, (_, n) => n + 1);
    const shuffled = revisions.toSorted((x, y) => ((x * 7) % 12) - ((y * 7) % 12));
    await Promise.all(
      shuffled.map((revision) =>
        graph.writeConversation(tenant, 'active', { conversation, items: [item()], relations: [], revision }),
      ),
    );
    expect(await graph.revisions(tenant)).toEqual(new Map([[conversation.id, 12]]));
    expect(await graph.counts(tenant)).toMatchObject({ items: 1 });
  });

  test('can be deleted, with its items and every relation to them', async () => {
    const tenant = newTenant();
    const { a, written } = sample();
    const other = item();
    await graph.writeConversation(tenant, 'active', written);
    await graph.writeConversation(
      tenant,
      'active',
      projection({ items: [other], relations: [dependsOn(other.id, a.id)] }),
    );
    // The conversation and its two items.
    const removed = await graph.deleteConversations(tenant, [written.conversation.id]);
    expect(removed.nodes).toBe(3);
    const { nodes, edges } = await contents(tenant);
    expect(nodes.filter(({ kind }) => kind === 'item').map(({ id }) => id)).toEqual([other.id]);
    expect(edges.map(({ type }) => type)).toEqual(['EXTRACTED_FROM']);
    expect(await graph.deleteConversations(tenant, [written.conversation.id, newConversationId()])).toEqual({
      nodes: 0,
      edges: 0,
    });
  });

  test('loses single items with the relations that touch them', async () => {
    const tenant = newTenant();
    const { a, b, written } = sample();
    await graph.writeConversation(tenant, 'active', written);
    expect(await graph.deleteItems(newTenant(), [a.id])).toEqual({ nodes: 0, edges: 0 });
    expect((await graph.deleteItems(tenant, [a.id])).nodes).toBe(1);
    const { nodes } = await contents(tenant);
    expect(nodes.filter(({ kind }) => kind === 'item').map(({ id }) => id)).toEqual([b.id]);
    expect(await graph.deleteItems(tenant, [a.id])).toEqual({ nodes: 0, edges: 0 });
  });

  test('of many items and relations comes in whole', async () => {
    const tenant = newTenant();
    const items = Array.from({ length: 1_500 }, () => item());
    const relations = items.slice(1).map(({ id }, n) => dependsOn(items[n]!.id, id));
    await graph.writeConversation(tenant, 'active', projection({ items, relations }));
    expect(await graph.counts(tenant)).toMatchObject({ items: 1_500, relations: { DEPENDS_ON: 1_499 } });
  });
});

describe('a relation to an item that is not projected yet', () => {
  test('is stored, and its target is completed when its conversation comes', async () => {
    const tenant = newTenant();
    const [here, there] = [item(), item({ title: 'Came later' })];
    await graph.writeConversation(
      tenant,
      'active',
      projection({ items: [here], relations: [dependsOn(here.id, there.id)] }),
    );
    const placeholder = (await graph.listNodes(tenant)).find(({ id }) => id === there.id);
    expect(placeholder?.properties).toEqual({ id: there.id, tenantId: tenant, projected: false });
    expect(await graph.counts(tenant)).toMatchObject({ items: 1, relations: { DEPENDS_ON: 1 } });
    await graph.writeConversation(tenant, 'active', projection({ items: [there] }));
    expect((await graph.listNodes(tenant)).find(({ id }) => id === there.id)?.properties).toMatchObject({
      title: 'Came later',
      projected: true,
    });
    expect(await graph.counts(tenant)).toMatchObject({ items: 2, relations: { DEPENDS_ON: 1 } });
  });

  test('leaves nothing behind when the relation goes', async () => {
    const tenant = newTenant();
    const here = item();
    const written = projection({ items: [here], relations: [relatesTo(here.id, newItemId())] });
    await graph.writeConversation(tenant, 'active', written);
    await graph.writeConversation(tenant, 'active', { ...written, relations: [], revision: 2 });
    expect((await graph.listNodes(tenant)).filter(({ kind }) => kind === 'item')).toHaveLength(1);
    await graph.writeConversation(tenant, 'active', { ...written, revision: 3 });
    await graph.deleteConversations(tenant, [written.conversation.id]);
    expect(await graph.listNodes(tenant)).toEqual([]);
  });

  test('gives the same graph in whatever order conversations arrive, also at once', async () => {
    for (const arrange of [(all: string[]) => all, (all: string[]) => all.toReversed()]) {
      const tenant = newTenant();
      const ids = Array.from({ length: 8 }, newItemId);
      const conversationOf = (id: string) =>
        projection({
          items: [item({ id })],
          relations: ids.filter((other) => other !== id).map((other) => relatesTo(id, other)),
        });
      await Promise.all(arrange(ids).map((id) => graph.writeConversation(tenant, 'active', conversationOf(id))));
      expect(await graph.counts(tenant)).toMatchObject({ items: 8, relations: { RELATES_TO: 56 } });
    }
  });
});

describe('tenants', () => {
  test('cannot take, change or point at an id of another one', async () => {
    const [one, two] = [newTenant(), newTenant()];
    const { a, written } = sample();
    await graph.writeConversation(one, 'active', written);
    const before = await contents(one);
    const thief = item();
    const attempts = [
      projection({ items: [{ ...a, title: 'Taken over' }] }),
      { ...written, revision: 99 },
      projection({ items: [thief], relations: [dependsOn(thief.id, a.id)] }),
    ];
    for (const attempt of attempts) {
      await expect(graph.writeConversation(two, 'active', attempt)).rejects.toBeInstanceOf(ForeignIdError);
    }
    await graph.deleteConversations(two, [written.conversation.id]);
    expect(await contents(one)).toEqual(before);
    expect(await contents(two)).toEqual({ nodes: [], edges: [] });
  });

  test('may hold any text: it stays text', async () => {
    const tenant = newTenant();
    const hostile = "' }) DETACH DELETE n // $tenantId `}` \\u0027 🙂";
    await graph.writeConversation(tenant, 'active', projection({ items: [item({ title: hostile, tags: [hostile] })] }));
    const stored = (await graph.listNodes(tenant)).find(({ kind }) => kind === 'item');
    expect(stored?.properties).toMatchObject({ title: hostile, tags: [hostile] });
  });
});

test('nothing goes to a next generation that nobody builds', async () => {
  await expect(graph.writeConversation(newTenant(), 'next', projection())).rejects.toBeInstanceOf(
    NoNextGenerationError,
  );
});
