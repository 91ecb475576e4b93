import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { testStores } from '../../../../tests/support/stores.ts';
import { type Graph, NoNextGenerationError, openGraph } from '../index.ts';
import { dependsOn, item, newTenant, projection, rawCypher } from '../testing/index.ts';

jest.setTimeout(60_000);
const config = testStores().neo4j;
let graph: Graph;
beforeAll(async () => {
  graph = openGraph(config);
  await graph.ensureSchema();
});
afterAll(() => graph.close());

const ids = async (tenant: string, slot: 'active' | 'next' = 'active') =>
  (await graph.listNodes(tenant, slot)).map(({ id }) => id);

describe('a rebuild', () => {
  test('answers from the old generation until the swap, then from the new one', async () => {
    const tenant = newTenant();
    const [kept, gone] = [projection({ items: [item()] }), projection({ items: [item()] })];
    for (const one of [kept, gone]) await graph.writeConversation(tenant, 'active', one);
    await graph.beginNext(tenant);
    await graph.writeConversation(tenant, 'next', kept);
    expect(await graph.counts(tenant)).toMatchObject({ items: 2 });
    expect(await graph.counts(tenant, 'next')).toMatchObject({ items: 1 });
    await graph.swapNext(tenant);
    expect(await ids(tenant)).toEqual([kept.conversation.id, kept.items[0]!.id].toSorted());
    expect(await ids(tenant, 'next')).toEqual([]);
    const nodes = await rawCypher(config, 'MATCH (n {tenantId: $tenant}) RETURN labels(n)[0] AS label', { tenant });
    expect(nodes.map(({ label }) => label).toSorted()).toEqual([
      'Conversation',
      'GraphSwap',
      'GraphTenant',
      'Intelligence',
    ]);
    await expect(graph.swapNext(tenant)).rejects.toBeInstanceOf(NoNextGenerationError);
  });

  test('gives the same nodes and edges as were there', async () => {
    const tenant = newTenant();
    const [a, b] = [item(), item()];
    const conversations = [
      projection({ items: [a], relations: [dependsOn(a.id, b.id)], revision: 4 }),
      projection({ items: [b], revision: 2 }),
    ];
    for (const one of conversations) await graph.writeConversation(tenant, 'active', one);
    const before = [await graph.listNodes(tenant), await graph.listEdges(tenant)];
    await graph.beginNext(tenant);
    for (const one of conversations.toReversed()) await graph.writeConversation(tenant, 'next', one);
    await graph.swapNext(tenant);
    expect([await graph.listNodes(tenant), await graph.listEdges(tenant)]).toEqual(before);
  });

  test('loses no news that is projected meanwhile, and brings back nothing that is deleted meanwhile', async () => {
    const tenant = newTenant();
    const stale = projection({ items: [item()], revision: 1 });
    const deleted = projection({ items: [item()] });
    for (const one of [stale, deleted]) await graph.writeConversation(tenant, 'active', one);
    await graph.beginNext(tenant);
    const fresh = { ...stale, items: [item()], revision: 2 };
    await graph.writeConversation(tenant, 'next', deleted);
    await graph.writeConversation(tenant, 'active', fresh);
    await graph.writeConversation(tenant, 'next', stale);
    await graph.deleteConversations(tenant, [deleted.conversation.id]);
    await graph.swapNext(tenant);
    expect(await ids(tenant)).toEqual([stale.conversation.id, fresh.items[0]!.id].toSorted());
  });

  test('that begins anew throws away what an aborted one left', async () => {
    const tenant = newTenant();
    await graph.beginNext(tenant);
    await graph.writeConversation(tenant, 'next', projection({ items: [item()] }));
    await graph.beginNext(tenant);
    expect(await ids(tenant, 'next')).toEqual([]);
  });

  test('touches no other tenant', async () => {
    const [one, two] = [newTenant(), newTenant()];
    const other = projection({ items: [item()] });
    await graph.writeConversation(two, 'active', other);
    await graph.beginNext(two);
    await graph.writeConversation(two, 'next', other);
    await graph.beginNext(one);
    await graph.swapNext(one);
    expect(await graph.counts(two)).toMatchObject({ items: 1 });
    expect(await graph.counts(two, 'next')).toMatchObject({ items: 1 });
  });
});

test('a reader never sees half a swap', async () => {
  const tenant = newTenant();
  const items = Array.from({ length: 2_000 }, () => item());
  const relations = items.slice(1).map(({ id }, n) => dependsOn(items[n]!.id, id));
  const whole = projection({ items, relations });
  await graph.writeConversation(tenant, 'active', whole);
  const expected = await graph.counts(tenant);
  let over = false;
  let reads = 0;
  const reader = async () => {
    while (!over) {
      expect(await graph.counts(tenant)).toEqual(expected);
      const chains = await graph.dependencyChains(tenant, { of: items[0]!.id, maxDepth: 5, first: 20 });
      expect(chains).toHaveLength(5);
      reads += 1;
    }
  };
  const readers = Promise.all([reader(), reader()]).finally(() => {
    over = true;
  });
  const rebuilds = (async () => {
    for (let round = 0; round < 3 && !over; round += 1) {
      await graph.beginNext(tenant);
      await graph.writeConversation(tenant, 'next', whole);
      await graph.swapNext(tenant);
    }
  })().finally(() => {
    over = true;
  });
  await Promise.all([readers, rebuilds]);
  expect(reads).toBeGreaterThan(3);
});
