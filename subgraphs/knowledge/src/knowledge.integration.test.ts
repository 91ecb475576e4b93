import { type Graph, openGraph } from '@colloquy/graph';
import { dependsOn, evolvesTo, item, newItemId, projection, rawCypher, relatesTo } from '@colloquy/graph/testing';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { testStores } from '../../../tests/support/stores.ts';
import { entities, newTenant, references, startTestKnowledge, type TestKnowledge } from './testing/knowledge.ts';

jest.setTimeout(60_000);
const neo4j = testStores().neo4j;
let graph: Graph;
let knowledge: TestKnowledge;

beforeAll(async () => {
  graph = openGraph(neo4j);
  await graph.ensureSchema();
  knowledge = await startTestKnowledge(neo4j);
  // The library asks for Neo4j's version once per process.
  await knowledge.ask(newTenant().name, entities('{ connectionCount }'), references([newItemId()]));
  knowledge.takeQueries();
});
afterAll(async () => {
  await knowledge.close();
  await graph.close();
});

const codes = (answer: { errors?: { extensions: { code: string } }[] }) =>
  answer.errors?.map(({ extensions }) => extensions.code);
const justId = (id: string) => ({ id });

describe('the fields of an item', () => {
  test('follow each relation from both of its ends, the strongest first', async () => {
    const tenant = newTenant();
    const [a, b, c] = [item(), item(), item()];
    const relations = [
      dependsOn(a.id, b.id, { strength: 0.2 }),
      dependsOn(a.id, c.id, { strength: 0.9 }),
      evolvesTo(a.id, b.id),
      relatesTo(a.id, c.id),
      relatesTo(c.id, a.id),
      relatesTo(b.id, a.id, { relevanceScore: 0.1 }),
    ];
    await graph.writeConversation(tenant.id, 'active', projection({ items: [a, b, c], relations }));
    const answer = await knowledge.ask(
      tenant.name,
      entities(`{
        dependsOn { id } strongest: dependsOn(first: 1) { id } dependents { id }
        evolvesTo { id } evolvedFrom { id } relatesTo { id } nearest: relatesTo(first: 1) { id } connectionCount
      }`),
      references([a.id, b.id]),
    );
    expect(answer).toEqual({
      data: {
        _entities: [
          {
            dependsOn: [c.id, b.id].map(justId),
            strongest: [justId(c.id)],
            dependents: [],
            evolvesTo: [justId(b.id)],
            evolvedFrom: [],
            relatesTo: [c.id, b.id].map(justId),
            nearest: [justId(c.id)],
            connectionCount: 6,
          },
          {
            dependsOn: [],
            strongest: [],
            dependents: [justId(a.id)],
            evolvesTo: [],
            evolvedFrom: [justId(a.id)],
            relatesTo: [justId(a.id)],
            nearest: [justId(a.id)],
            connectionCount: 3,
          },
        ],
      },
    });
  });

  test('are null while an item is not projected, and empty when it has no relation', async () => {
    const tenant = newTenant();
    const [here, alone] = [item(), item()];
    const pending = newItemId();
    const relations = [dependsOn(here.id, pending)];
    await graph.writeConversation(tenant.id, 'active', projection({ items: [here, alone], relations }));
    const { data, errors } = await knowledge.ask(
      tenant.name,
      entities('{ connectionCount dependsOn { id connectionCount dependsOn { id } } }'),
      references([here.id, alone.id, pending, newItemId(), "item_' OR 1=1 //", '']),
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      _entities: [
        { connectionCount: 1, dependsOn: [{ id: pending, connectionCount: null, dependsOn: null }] },
        { connectionCount: 0, dependsOn: [] },
        null,
        null,
        null,
        null,
      ],
    });
  });

  test('take one Cypher query for however many items, nested fields included', async () => {
    const tenant = newTenant();
    const items = Array.from({ length: 50 }, () => item());
    const relations = items.slice(1).map(({ id }, n) => dependsOn(items[n]!.id, id));
    await graph.writeConversation(tenant.id, 'active', projection({ items, relations }));
    const operation = entities('{ id connectionCount dependsOn { connectionCount dependents { connectionCount } } }');
    const counted: number[][] = [];
    knowledge.takeQueries();
    for (const count of [1, 50]) {
      const asked = references(items.slice(0, count).map(({ id }) => id));
      const { data, errors } = await knowledge.ask(tenant.name, operation, asked);
      expect(errors).toBeUndefined();
      expect(data?._entities).toHaveLength(count);
      const statements = knowledge.takeQueries();
      // The second one is of constant size: it asks whether a rebuilt graph was put in place meanwhile.
      counted.push([
        statements.filter((statement) => statement.includes(':Intelligence')).length,
        statements.filter((statement) => statement.includes(':GraphSwap')).length,
        statements.length,
      ]);
    }
    expect(counted).toEqual([
      [1, 1, 2],
      [1, 1, 2],
    ]);
  });

  test('filter by the tenant wherever a generated query looks up items', async () => {
    const tenant = newTenant();
    knowledge.takeQueries();
    await knowledge.ask(
      tenant.name,
      entities('{ connectionCount relatesTo { dependsOn { evolvedFrom { connectionCount } } } }'),
      references([newItemId()]),
    );
    const [statement] = knowledge.takeQueries();
    const lookups = statement?.match(/MATCH /g)?.length ?? 0;
    expect(lookups).toBe(4);
    expect(statement?.match(/\.tenantId = \$jwt\.tenantId/g)).toHaveLength(lookups);
  });

  test.each([0, -1, 101])('refuse first: %d, and that field alone', async (first) => {
    const tenant = newTenant();
    const one = item();
    await graph.writeConversation(tenant.id, 'active', projection({ items: [one] }));
    const operation = entities(`{ connectionCount dependsOn(first: ${first}) { id } }`);
    const answer = await knowledge.ask(tenant.name, operation, references([one.id]));
    expect(answer.data).toEqual({ _entities: [{ connectionCount: 0, dependsOn: null }] });
    expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
  });

  test('refuse to nest without end', async () => {
    const tenant = newTenant();
    const items = Array.from({ length: 8 }, () => item());
    const relations = items.slice(1).map(({ id }, n) => dependsOn(items[n]!.id, id));
    await graph.writeConversation(tenant.id, 'active', projection({ items, relations }));
    const nested = (levels: number): string => (levels === 0 ? '{ id }' : `{ dependsOn ${nested(levels - 1)} }`);
    const asked = references([items[0]!.id]);
    expect((await knowledge.ask(tenant.name, entities(nested(5)), asked)).errors).toBeUndefined();
    const answer = await knowledge.ask(tenant.name, entities(nested(6)), asked);
    expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
  });
});

describe('root fields', () => {
  test('answer chains, evolutions and hubs, and read their items in one more query', async () => {
    const tenant = newTenant();
    const [a, b, c] = [item({ platform: 'chatgpt' }), item({ platform: 'gemini' }), item({ platform: 'gemini' })];
    const relations = [dependsOn(a.id, b.id), dependsOn(b.id, c.id), evolvesTo(a.id, c.id)];
    await graph.writeConversation(tenant.id, 'active', projection({ items: [a, b, c], relations }));
    knowledge.takeQueries();
    const answer = await knowledge.ask(
      tenant.name,
      `query ($of: ID!) {
        dependencyChains(of: $of, maxDepth: 2) { depth items { id connectionCount } }
        evolutions(from: "chatgpt", to: "gemini") { items { id } similarity hours }
        hubs(moreThan: 1) { item { id dependents { id } } connections }
      }`,
      { of: a.id },
    );
    const [first, second, third] = [a, b, c].map(({ id }) => ({ id, connectionCount: 2 }));
    expect(answer).toEqual({
      data: {
        dependencyChains: [
          { depth: 1, items: [first, second] },
          { depth: 2, items: [first, second, third] },
        ],
        evolutions: [{ items: [a, c].map(({ id }) => justId(id)), similarity: 0.8, hours: 24 }],
        hubs: [
          { item: { id: a.id, dependents: [] }, connections: 2 },
          { item: { id: b.id, dependents: [justId(a.id)] }, connections: 2 },
          { item: { id: c.id, dependents: [justId(b.id)] }, connections: 2 },
        ],
      },
    });
    const lookups = knowledge.takeQueries().filter((statement) => statement.includes('$jwt'));
    expect(lookups).toHaveLength(2);
  });

  test.each([
    'dependencyChains(of: "x", maxDepth: 0) { depth }',
    'dependencyChains(of: "x", maxDepth: 6) { depth }',
    'dependencyChains(of: "x", first: 101) { depth }',
    'evolutions(maxHops: 4) { hours }',
    'evolutions(maxHops: 0) { hours }',
    'evolutions(first: 0) { hours }',
    'hubs(moreThan: -1) { connections }',
    'hubs(first: 101) { connections }',
  ])('refuse %s', async (field) => {
    const answer = await knowledge.ask(newTenant().name, `{ f: ${field} }`);
    expect(answer.data).toEqual({ f: null });
    expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
  });

  test('tell an item that is not projected from one without dependencies', async () => {
    const tenant = newTenant();
    const one = item();
    await graph.writeConversation(tenant.id, 'active', projection({ items: [one] }));
    const query = 'query ($of: ID!) { dependencyChains(of: $of) { depth } }';
    expect((await knowledge.ask(tenant.name, query, { of: one.id })).data).toEqual({ dependencyChains: [] });
    expect((await knowledge.ask(tenant.name, query, { of: newItemId() })).data).toEqual({ dependencyChains: null });
  });
});

describe('another tenant', () => {
  test('learns nothing, by any field, also where an edge leads across', async () => {
    const [mine, theirs] = [newTenant(), newTenant()];
    const [own, other, third] = [item({ title: 'Same' }), item({ title: 'Same' }), item()];
    await graph.writeConversation(mine.id, 'active', projection({ items: [own] }));
    const relations = [dependsOn(other.id, third.id), evolvesTo(other.id, third.id)];
    await graph.writeConversation(theirs.id, 'active', projection({ items: [other, third], relations }));
    await rawCypher(
      neo4j,
      `MATCH (a:Intelligence {id: $own}), (b:Intelligence {id: $other})
       CREATE (a)-[:DEPENDS_ON {strength: 1.0}]->(b), (b)-[:RELATES_TO {relevance_score: 1.0}]->(a),
         (a)-[:EVOLVES_TO {similarity_score: 1.0, time_gap_hours: 1.0}]->(b)`,
      { own: own.id, other: other.id },
    );
    const answer = await knowledge.ask(
      mine.name,
      `query ($representations: [_Any!]!, $of: ID!, $own: ID!) {
        _entities(representations: $representations) { ... on IntelligenceItem {
          id connectionCount dependsOn { id } dependents { id } evolvesTo { id } evolvedFrom { id } relatesTo { id }
        } }
        theirs: dependencyChains(of: $of) { depth items { id } }
        mine: dependencyChains(of: $own) { depth items { id } }
        evolutions { items { id } }
        hubs(moreThan: 0) { item { id } connections }
      }`,
      { ...references([own.id, other.id]), of: other.id, own: own.id },
    );
    const nothing = { dependsOn: [], dependents: [], evolvesTo: [], evolvedFrom: [], relatesTo: [] };
    expect(answer).toEqual({
      data: {
        _entities: [{ id: own.id, connectionCount: 0, ...nothing }, null],
        theirs: null,
        mine: [],
        evolutions: [],
        hubs: [],
      },
    });
  });
});

describe('a caller', () => {
  test('without the credential of the gateway is turned away', async () => {
    const expected: [Record<string, string>, number][] = [
      [{}, 401],
      [{ 'x-colloquy-identity': 'nonsense' }, 401],
      [{ authorization: `Bearer ${await knowledge.sign({ tenant: 'local' })}` }, 401],
      [{ 'x-colloquy-identity': await knowledge.sign({ tenant: 'local' }) }, 200],
    ];
    for (const [headers, status] of expected) expect(await knowledge.status(headers)).toBe(status);
  });

  test('whose identity names no tenant sees no data', async () => {
    for (const claims of [{}, { tenant: '' }, { tenant: "x' OR 1=1" }]) {
      const status = await knowledge.status({ 'x-colloquy-identity': await knowledge.sign(claims) });
      expect(status).toBe(401);
    }
  });

  test('may ask for 1,000 entities at once and no more', async () => {
    const asked = Array.from({ length: 1_001 }, () => newItemId());
    const operation = entities('{ connectionCount }');
    const { name } = newTenant();
    const { data } = await knowledge.ask(name, operation, references(asked.slice(1)));
    expect(data?._entities).toHaveLength(1_000);
    expect(codes(await knowledge.ask(name, operation, references(asked)))).toEqual(['BAD_USER_INPUT']);
  });
});
