import { openGraph } from '@colloquy/graph';
import { dependsOn, type FaultProxy, item, projection, startFaultProxy } from '@colloquy/graph/testing';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { testStores } from '../../../tests/support/stores.ts';
import { entities, newTenant, references, startTestKnowledge, type TestKnowledge } from './testing/knowledge.ts';

jest.setTimeout(60_000);
const neo4j = testStores().neo4j;
const tenant = newTenant();
const [a, b] = [item(), item()];
let proxy: FaultProxy;
let knowledge: TestKnowledge;

beforeAll(async () => {
  const graph = openGraph(neo4j);
  const relations = [dependsOn(a.id, b.id)];
  await graph.writeConversation(tenant.id, 'active', projection({ items: [a, b], relations }));
  await graph.close();
  const { hostname, port } = new URL(neo4j.url);
  proxy = await startFaultProxy({ host: hostname, port: Number(port) });
  // The store is away when the process starts.
  await proxy.refuse();
  knowledge = await startTestKnowledge({ ...neo4j, url: `bolt://127.0.0.1:${proxy.port}` });
});
afterAll(async () => {
  await proxy.restore();
  await knowledge.close();
  await proxy.close();
});

const operation = entities('{ id connectionCount dependsOn { id } }');
const readiness = async () => {
  const response = await fetch(`${knowledge.url}/health/ready`);
  return { status: response.status, body: (await response.json()) as { parts: unknown[] } };
};

async function expectAway(): Promise<void> {
  const began = performance.now();
  const [found, roots] = await Promise.all([
    knowledge.ask(tenant.name, operation, references([a.id, b.id])),
    knowledge.ask(tenant.name, '{ hubs { connections } evolutions { hours } __typename }'),
  ]);
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(found.data).toEqual({ _entities: [null, null] });
  expect(roots.data).toEqual({ hubs: null, evolutions: null, __typename: 'Query' });
  const away = expect.objectContaining({ code: 'STORE_UNAVAILABLE', store: 'neo4j' });
  const errors = [...(found.errors ?? []), ...(roots.errors ?? [])];
  expect(errors.map(({ path }) => path?.join('.')).toSorted()).toEqual([
    '_entities.0',
    '_entities.1',
    'evolutions',
    'hubs',
  ]);
  for (const { extensions } of errors) expect(extensions).toEqual(away);
  expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|bolt|ECONN/);
  expect((await readiness()).body.parts).toContainEqual(expect.objectContaining({ name: 'neo4j', state: 'failed' }));
}

async function expectBack(): Promise<void> {
  await proxy.restore();
  const answer = await knowledge.ask(tenant.name, operation, references([a.id]));
  expect(answer).toEqual({ data: { _entities: [{ id: a.id, connectionCount: 1, dependsOn: [{ id: b.id }] }] } });
  const { status, body } = await readiness();
  expect(status).toBe(200);
  expect(body.parts).toEqual([{ name: 'neo4j', state: 'healthy' }]);
}

describe('with the store away, its fields are null and the subgraph goes on', () => {
  test('from the start', async () => {
    await expectAway();
    await expectBack();
  });

  test.each([
    ['killed', () => proxy.refuse()],
    ['frozen', async () => proxy.freeze()],
  ])('when it is %s later', async (_, takeAway) => {
    await takeAway();
    await expectAway();
    await expectBack();
  });
});
