import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createClient as createStreamClient } from 'graphql-sse';
import { WebSocket } from 'ws';
import { JWT_SECRET, type ShopGateway, startShop, token, until } from './support/gateway.ts';
import { IDENTITY_SECRET, serveOrders, shop } from './support/shop.ts';

let running: ShopGateway;
beforeAll(async () => {
  running = await startShop();
});
afterAll(() => running.close());
beforeEach(() => {
  Object.assign(shop, { reviews: 'well', eventsUntil: Number.POSITIVE_INFINITY, sent: 0, entityRequests: 0 });
});

const WITH_ENTITIES = `
  subscription Changes($count: Int!, $after: Int = 0, $currency: String!, $stars: Boolean!) {
    change: orderChanged(count: $count, after: $after) {
      sequence
      note(text: "n")
      added { ...Parts }
    }
  }
  fragment Parts on Order { id product { label: name price(currency: $currency) rating @include(if: $stars) } }
`;

// biome-ignore lint/suspicious/noExplicitAny: events of every shape
async function collect(events: AsyncIterable<any>): Promise<any[]> {
  const all = [];
  for await (const event of events) all.push(event);
  return all;
}

const event = (sequence: number) => ({
  data: {
    change: {
      sequence,
      note: 'n',
      added: [sequence, sequence + 1].map((id) => ({
        id: String(id),
        product: { label: `Product ${id}`, price: `${id} EUR`, rating: id / 2 },
      })),
    },
  },
});

describe('a subscription over WebSocket', () => {
  test('delivers each event, in order, with the fields of the other subgraphs', async () => {
    const client = running.socketClient();
    const variables = { count: 20, currency: 'EUR', stars: true };
    const events = await collect(client.iterate({ query: WITH_ENTITIES, variables }));
    expect(events).toEqual(Array.from({ length: 20 }, (_, index) => event(index + 1)));
    expect(shop.entityRequests).toBe(40);
    await client.dispose();
  });

  test('asks no subgraph for what is left out', async () => {
    const client = running.socketClient();
    const variables = { count: 2, after: 1, currency: 'EUR', stars: false };
    const [only] = await collect(client.iterate({ query: WITH_ENTITIES, variables }));
    expect(only.data.change.added[0]).toEqual({ id: '2', product: { label: 'Product 2', price: '2 EUR' } });
    expect(shop.entityRequests).toBe(1);
    await client.dispose();
  });

  test('goes on without the fields of a store that is away', async () => {
    shop.reviews = 'away';
    const client = running.socketClient();
    const query = 'subscription { orderChanged(count: 2) { sequence added { product { name rating } } } }';
    const events = await collect(client.iterate({ query }));
    expect(events).toHaveLength(2);
    expect(events[1].data.orderChanged.added[0].product).toEqual({ name: 'Product 2', rating: null });
    expect(events[1].errors[0]).toEqual({
      message: 'The store "weaviate" does not answer at the moment.',
      path: ['orderChanged', 'added', 0, 'product', 'rating'],
      extensions: { code: 'STORE_UNAVAILABLE', store: 'weaviate' },
    });
    await client.dispose();
  });

  test('passes on the error with which its source breaks off', async () => {
    const client = running.socketClient();
    const events = client.iterate({ query: 'subscription { orderChanged(fail: true) { sequence } }' });
    expect((await events.next()).value).toEqual({ data: { orderChanged: { sequence: 1 } } });
    await expect(events.next()).rejects.toEqual([
      expect.objectContaining({ extensions: { code: 'STORE_UNAVAILABLE', store: 'postgresql' } }),
    ]);
    await client.dispose();
  });

  test('queries and mutations work on the same socket', async () => {
    const client = running.socketClient();
    const [answer] = await collect(client.iterate({ query: '{ whoami orders { product { rating } } }' }));
    expect(answer.data).toMatchObject({ whoami: 'alice', orders: [{ product: { rating: 0.5 } }, {}, {}] });
    const [placed] = await collect(client.iterate({ query: 'mutation { placeOrder(product: "3") { id } }' }));
    expect(placed).toEqual({ data: { placeOrder: { id: '3' } } });
    await client.dispose();
  });

  test('a bad operation fails alone', async () => {
    const client = running.socketClient();
    const good = client.iterate({ query: 'subscription { orderChanged(count: 2) { sequence } }' });
    await good.next();
    for (const [query, code] of [
      ['subscription {', 'GRAPHQL_PARSE_FAILED'],
      ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
      ['subscription { orderChanged { nothing } }', 'GRAPHQL_VALIDATION_FAILED'],
      ['subscription ($x: Boolean!) { orderChanged @include(if: $x) { sequence } }', 'GRAPHQL_VALIDATION_FAILED'],
      ['subscription ($x: Int!) { orderChanged(count: $x) { sequence } }', 'BAD_USER_INPUT'],
      [`{ ${'a: whoami '.repeat(10_000)} }`, 'MAX_TOKENS_LIMIT'],
    ] as const) {
      const failed = collect(client.iterate({ query }));
      await expect(failed).rejects.toEqual([
        expect.objectContaining({ extensions: expect.objectContaining({ code }) }),
      ]);
    }
    expect((await good.next()).value).toEqual({ data: { orderChanged: { sequence: 2 } } });
    await client.dispose();
  });

  test('is released upstream when the client leaves', async () => {
    shop.eventsUntil = 1;
    const client = running.socketClient();
    const events = client.iterate({ query: 'subscription { orderChanged(count: 9) { sequence } }' });
    await events.next();
    expect(shop.openStreams).toBe(1);
    await events.return?.();
    await until(() => shop.openStreams === 0);
    await client.dispose();
  });

  test('a client that takes nothing stops its source, and nothing is lost', async () => {
    const socket = new WebSocket(`${running.gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const received: number[] = [];
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type === 'next') received.push(message.payload.data.orderChanged.sequence);
      if (message.type === 'connection_ack') {
        const query = `subscription ($t: String) { orderChanged(count: 3000) { sequence note(text: $t) } }`;
        const variables = { t: 'x'.repeat(20_000) };
        socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query, variables } }));
      }
      if (message.type === 'complete') socket.close();
    });
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${await token()}` } }));
    await until(() => received.length > 0);
    socket.pause();
    let before = -1;
    // The source stands still once every buffer on the way is full: long before 60 MB are under way.
    await until(async () => {
      const still = shop.sent === before;
      before = shop.sent;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return still && shop.sent === before;
    });
    expect(shop.sent).toBeLessThan(2500);
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
    expect(received).toEqual(Array.from({ length: 3000 }, (_, index) => index + 1));
  }, 60_000);
});

describe('who may subscribe', () => {
  test.each([
    ['no token', null],
    ['a token that is none', 'nonsense'],
    ['a token that has run out', 'expired'],
  ])('not one with %s: 4401', async (_name, given) => {
    const codes: number[] = [];
    const credential = given === 'expired' ? await token({}, -60) : given;
    const client = running.socketClient({ token: credential, closed: (code) => codes.push(code) });
    await expect(client.iterate({ query: '{ whoami }' }).next()).rejects.toBeDefined();
    expect(codes).toEqual([4401]);
  });

  test('a token that runs out closes its socket: 4403', async () => {
    shop.eventsUntil = 1;
    const codes: number[] = [];
    const client = running.socketClient({ token: await token({}, 2), closed: (code) => codes.push(code) });
    const events = client.iterate({ query: 'subscription { orderChanged(count: 2) { sequence } }' });
    await events.next();
    await expect(events.next()).rejects.toBeDefined();
    expect(codes).toEqual([4403]);
    await until(() => shop.openStreams === 0);
  });

  test('an open gateway lets anyone in, but no page of another host', async () => {
    const open = await startShop({ jwt: undefined, identity: { secret: IDENTITY_SECRET } });
    try {
      const client = open.socketClient({ token: null });
      const { value } = await client.iterate({ query: '{ whoami }' }).next();
      expect(value).toEqual({ data: { whoami: '' } });
      await client.dispose();
      const url = `${open.gateway.url.replace('http', 'ws')}/graphql`;
      const foreign = new WebSocket(url, 'graphql-transport-ws', { origin: 'https://evil.example' });
      const error = await new Promise<Error>((resolve) => foreign.once('error', resolve));
      expect(error.message).toContain('403');
    } finally {
      await open.close();
    }
  });
});

describe('a subscription over SSE', () => {
  const streams = async (given?: string) =>
    createStreamClient({
      url: `${running.gateway.url}/graphql`,
      headers: { authorization: `Bearer ${given ?? (await token())}` },
      retryAttempts: 0,
    });

  test('delivers the same events', async () => {
    const client = await streams();
    const variables = { count: 3, currency: 'EUR', stars: true };
    expect(await collect(client.iterate({ query: WITH_ENTITIES, variables }))).toEqual([event(1), event(2), event(3)]);
    client.dispose();
  });

  test('answers queries, and reports errors as an event', async () => {
    const client = await streams();
    expect(await collect(client.iterate({ query: '{ whoami }' }))).toEqual([{ data: { whoami: 'alice' } }]);
    const [failed] = await collect(client.iterate({ query: '{ nothing }' }));
    expect(failed.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    client.dispose();
  });

  test('needs a token', async () => {
    const response = await fetch(`${running.gateway.url}/graphql?query={whoami}`, {
      headers: { accept: 'text/event-stream' },
    });
    expect(response.status).toBe(401);
  });

  test('refuses a mutation by GET', async () => {
    const headers = { accept: 'text/event-stream', authorization: `Bearer ${await token()}` };
    const query = encodeURIComponent('mutation { placeOrder(product: "1") { id } }');
    const response = await fetch(`${running.gateway.url}/graphql?query=${query}`, { headers });
    expect(await response.text()).toContain('A mutation needs POST.');
  });

  test('ends when the token runs out, and upstream when the client leaves', async () => {
    shop.eventsUntil = 1;
    const expiring = await streams(await token({}, 2));
    const events = await collect(expiring.iterate({ query: 'subscription { orderChanged(count: 2) { sequence } }' }));
    expect(events.map(({ data, errors }) => data ?? errors[0].extensions.code)).toEqual([
      { orderChanged: { sequence: 1 } },
      'UNAUTHENTICATED',
    ]);
    await until(() => shop.openStreams === 0);
    const client = await streams();
    const left = client.iterate({ query: 'subscription { orderChanged(count: 2) { sequence } }' });
    await left.next();
    await left.return?.();
    await until(() => shop.openStreams === 0);
  });
});

test('a subgraph that dies ends its subscriptions with an error to retry on; by its cursor the client goes on', async () => {
  shop.eventsUntil = 2;
  const client = running.socketClient();
  const query =
    'subscription ($after: Int!) { orderChanged(count: 4, after: $after) { sequence added { product { rating } } } }';
  const events = client.iterate({ query, variables: { after: 0 } });
  const seen = [(await events.next()).value, (await events.next()).value];
  const port = Number(new URL(running.orders.url).port);
  await running.orders.close();
  await expect(events.next()).rejects.toEqual([
    {
      message: 'The service "orders" does not answer at the moment.',
      extensions: { code: 'SERVICE_UNAVAILABLE', service: 'orders' },
    },
  ]);
  await expect(client.iterate({ query, variables: { after: 2 } }).next()).rejects.toMatchObject([
    { extensions: { code: 'SERVICE_UNAVAILABLE' } },
  ]);
  running.orders = await serveOrders(port);
  shop.eventsUntil = Number.POSITIVE_INFINITY;
  seen.push(...(await collect(client.iterate({ query, variables: { after: 2 } }))));
  // biome-ignore lint/suspicious/noExplicitAny: events
  expect(seen.map((result: any) => result.data.orderChanged.sequence)).toEqual([1, 2, 3, 4]);
  await client.dispose();
  expect(JWT_SECRET).toBeDefined();
  await running.orders.close();
});
