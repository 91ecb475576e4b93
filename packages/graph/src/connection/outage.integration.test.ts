import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { testStores } from '../../../../tests/support/stores.ts';
import { type Graph, GraphUnavailableError, openGraph } from '../index.ts';
import { type FaultProxy, item, newTenant, projection, startFaultProxy } from '../testing/index.ts';

jest.setTimeout(60_000);
const config = testStores().neo4j;
const tenant = newTenant();
let proxy: FaultProxy;
let graph: Graph;

beforeAll(async () => {
  const { hostname, port } = new URL(config.url);
  proxy = await startFaultProxy({ host: hostname, port: Number(port) });
  graph = openGraph({ ...config, url: `bolt://127.0.0.1:${proxy.port}` });
  await graph.writeConversation(tenant, 'active', projection({ items: [item()] }));
});
afterAll(async () => {
  await proxy.restore();
  await graph.close();
  await proxy.close();
});

const calls: [string, () => Promise<unknown>][] = [
  ['a read', () => graph.hubs(tenant, { moreThan: 0, first: 1 })],
  ['a write', () => graph.writeConversation(tenant, 'active', projection({ items: [item()] }))],
  ['a ping', () => graph.ping()],
];

async function expectUnavailable(call: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await expect(call()).rejects.toBeInstanceOf(GraphUnavailableError);
  expect(performance.now() - began).toBeLessThan(5_000);
}

describe.each([
  ['killed', () => proxy.refuse()],
  ['frozen', async () => proxy.freeze()],
])('while the store is %s', (_, takeAway) => {
  test('every call says so within 5 s, and works again when it is back', async () => {
    await takeAway();
    await Promise.all(calls.map(([, call]) => expectUnavailable(call)));
    for (const [, call] of calls) await expectUnavailable(call);
    await proxy.restore();
    for (const [, call] of calls) await call();
  });

  test('a call that was under way says so within 5 s', async () => {
    const reading = expectUnavailable(() =>
      graph.read(tenant, async (transaction) => {
        await transaction.run('RETURN 1');
        await takeAway();
        await transaction.run('RETURN 2');
      }),
    );
    await reading;
    await proxy.restore();
    await graph.ping();
    expect(await graph.counts(tenant)).toMatchObject({ conversations: expect.any(Number) });
  });
});

test('opening a graph needs no store, and a slow query is not taken for an absent one', async () => {
  const away = openGraph({ ...config, url: 'bolt://127.0.0.1:1' });
  await expectUnavailable(() => away.counts(tenant));
  await away.close();
  const slow = graph.read(tenant, (transaction) =>
    transaction.run('UNWIND range(1, 1000000000) AS a UNWIND range(1, 1000000) AS b RETURN count(a % 7 + b % 5)'),
  );
  await expect(slow).rejects.toHaveProperty('code', 'QUERY_TOO_LARGE');
});
