import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { testStores } from '../../../../tests/support/stores.ts';
import { type Graph, type GraphRelation, openGraph } from '../index.ts';
import {
  dependsOn,
  evolvesTo,
  item,
  newItemId,
  newTenant,
  projection,
  rawCypher,
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

/** A tenant with `count` items, whose ids sort in order, and the relations given by their numbers. */
async function tenantWith(count: number, relate: (ids: string[]) => GraphRelation[], platforms: string[] = []) {
  const tenant = newTenant();
  const items = Array.from({ length: count }, (_, n) => item({ platform: platforms[n] ?? 'chatgpt' }));
  const ids = items.map(({ id }) => id);
  await graph.writeConversation(tenant, 'active', projection({ items, relations: relate(ids) }));
  return { tenant, ids };
}
const path = (ids: string[], ...numbers: number[]) => numbers.map((n) => ids[n]!);
const line = (ids: string[]) => ids.slice(1).map((id, n) => dependsOn(ids[n]!, id));

describe('dependencyChains', () => {
  test('are every path from the item, the shortest first, no deeper than asked', async () => {
    const { tenant, ids } = await tenantWith(8, line);
    const chains = await graph.dependencyChains(tenant, { of: ids[0]!, maxDepth: 5, first: 100 });
    expect(chains).toEqual([1, 2, 3, 4, 5].map((depth) => ({ depth, itemIds: ids.slice(0, depth + 1) })));
    expect(await graph.dependencyChains(tenant, { of: ids[0]!, maxDepth: 2, first: 100 })).toHaveLength(2);
  });

  test('go round no cycle', async () => {
    const { tenant, ids } = await tenantWith(3, (all) => [...line(all), dependsOn(all[2]!, all[0]!)]);
    const chains = await graph.dependencyChains(tenant, { of: ids[0]!, maxDepth: 5, first: 100 });
    expect(chains?.map(({ itemIds }) => itemIds)).toEqual([path(ids, 0, 1), path(ids, 0, 1, 2)]);
  });

  test('of a dense graph are the first ones, at once', async () => {
    const everyPair = (all: string[]) =>
      all.flatMap((source) => all.filter((target) => target !== source).map((target) => dependsOn(source, target)));
    const { tenant, ids } = await tenantWith(40, everyPair);
    const began = performance.now();
    const chains = await graph.dependencyChains(tenant, { of: ids[0]!, maxDepth: 5, first: 100 });
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(chains?.filter(({ depth }) => depth === 1)).toHaveLength(39);
    expect(chains?.filter(({ depth }) => depth === 2)).toHaveLength(61);
  });

  test('are none for an item without dependencies, and null for one that is not projected', async () => {
    const far = newItemId();
    const { tenant, ids } = await tenantWith(2, (all) => [dependsOn(all[0]!, far)]);
    expect(await graph.dependencyChains(tenant, { of: ids[1]!, maxDepth: 5, first: 20 })).toEqual([]);
    expect(await graph.dependencyChains(tenant, { of: far, maxDepth: 5, first: 20 })).toBeNull();
    expect(await graph.dependencyChains(tenant, { of: "x' OR 1=1", maxDepth: 5, first: 20 })).toBeNull();
    expect(await graph.dependencyChains(newTenant(), { of: ids[0]!, maxDepth: 5, first: 20 })).toBeNull();
  });
});

describe('evolutions', () => {
  test('run between the platforms, with their mean similarity and their hours', async () => {
    const relate = (all: string[]) => [
      evolvesTo(all[0]!, all[1]!, { similarityScore: 0.9, timeGapHours: 10 }),
      evolvesTo(all[1]!, all[2]!, { similarityScore: 0.6, timeGapHours: 5.5 }),
      evolvesTo(all[0]!, all[3]!, { similarityScore: 0.7, timeGapHours: null }),
    ];
    const { tenant, ids } = await tenantWith(4, relate, ['chatgpt', 'claude', 'gemini', 'gemini']);
    const found = await graph.evolutions(tenant, { from: 'chatgpt', to: 'gemini', maxHops: 3, first: 20 });
    expect(found).toEqual([
      { itemIds: path(ids, 0, 1, 2), similarity: 0.75, hours: 15.5 },
      { itemIds: path(ids, 0, 3), similarity: 0.7, hours: null },
    ]);
    expect(await graph.evolutions(tenant, { from: 'chatgpt', to: 'gemini', maxHops: 1, first: 20 })).toHaveLength(1);
    expect(await graph.evolutions(tenant, { from: null, to: null, maxHops: 3, first: 20 })).toHaveLength(4);
    expect(await graph.evolutions(tenant, { from: 'gemini', to: null, maxHops: 3, first: 20 })).toEqual([]);
    expect(await graph.evolutions(tenant, { from: null, to: null, maxHops: 3, first: 1 })).toHaveLength(1);
  });

  test('go round no cycle and no further than three steps', async () => {
    const { tenant } = await tenantWith(5, (all) => all.map((id, n) => evolvesTo(id, all[(n + 1) % 5]!)));
    const found = await graph.evolutions(tenant, { from: null, to: null, maxHops: 3, first: 100 });
    expect(found).toHaveLength(15);
    expect(found.every(({ itemIds }) => new Set(itemIds).size === itemIds.length && itemIds.length <= 4)).toBe(true);
  });
});

describe('hubs', () => {
  test('are the items with more relations than asked, the most connected first', async () => {
    const relate = (all: string[]) => [
      ...all.slice(1, 8).map((id) => dependsOn(all[0]!, id)),
      ...all.slice(3, 9).map((id) => relatesTo(id, all[1]!)),
      evolvesTo(all[9]!, all[0]!),
    ];
    const { tenant, ids } = await tenantWith(10, relate);
    expect(await graph.hubs(tenant, { moreThan: 5, first: 20 })).toEqual([
      { itemId: ids[0], connections: 8 },
      { itemId: ids[1], connections: 7 },
    ]);
    expect(await graph.hubs(tenant, { moreThan: 7, first: 20 })).toHaveLength(1);
    expect(await graph.hubs(tenant, { moreThan: 0, first: 3 })).toHaveLength(3);
    expect(await graph.hubs(newTenant(), { moreThan: 0, first: 20 })).toEqual([]);
  });
});

test('an edge across tenants, which no writer would write, is followed by no read', async () => {
  const [mine, theirs] = [await tenantWith(2, line), await tenantWith(2, line)];
  await rawCypher(
    config,
    `MATCH (a:Intelligence {id: $a}), (b:Intelligence {id: $b})
     CREATE (a)-[:DEPENDS_ON {strength: 1.0}]->(b), (a)-[:EVOLVES_TO {similarity_score: 1.0, time_gap_hours: 1.0}]->(b)`,
    { a: mine.ids[0], b: theirs.ids[0] },
  );
  const chains = await graph.dependencyChains(mine.tenant, { of: mine.ids[0]!, maxDepth: 5, first: 20 });
  expect(chains?.flatMap(({ itemIds }) => itemIds)).not.toContain(theirs.ids[0]);
  for (const { tenant } of [mine, theirs]) {
    expect(await graph.evolutions(tenant, { from: null, to: null, maxHops: 3, first: 20 })).toEqual([]);
    expect(await graph.hubs(tenant, { moreThan: 1, first: 20 })).toEqual([]);
  }
});
