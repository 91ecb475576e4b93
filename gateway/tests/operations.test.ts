import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type ShopGateway, startShop, token } from './support/gateway.ts';
import { serveReviews, shop } from './support/shop.ts';

let running: ShopGateway;
beforeAll(async () => {
  running = await startShop({ traffic: { timeoutMilliseconds: 700 }, limits: { answerBytes: 500_000 } });
});
afterAll(() => running.close());
afterEach(() => {
  shop.reviews = 'well';
});

const EVERYTHING = '{ orders { id total product { name price(currency: "USD") rating reviews(first: 1) { text } } } }';

describe('queries and mutations', () => {
  test('one query over three subgraphs', async () => {
    const { status, headers, body } = await running.ask(EVERYTHING);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(body.errors).toBeUndefined();
    expect(body.data.orders[1]).toEqual({
      id: '2',
      total: 20,
      product: { name: 'Product 2', price: '2 USD', rating: 1, reviews: [{ text: 'p2: 1' }] },
    });
  });

  test('variables, aliases, fragments and conditions', async () => {
    const query = `
      query ($id: ID!, $currency: String!, $with: Boolean!) {
        mine: order(id: $id) { ...Parts none: product { rating @include(if: $with) again: __typename } }
      }
      fragment Parts on Order { product { label: name cost: price(currency: $currency) stars: rating @skip(if: $with) } }
    `;
    const { body } = await running.ask(query, { variables: { id: '4', currency: 'CHF', with: false } });
    expect(body).toEqual({
      data: {
        mine: {
          product: { label: 'Product 4', cost: '4 CHF', stars: 2 },
          none: { again: 'Product' },
        },
      },
    });
  });

  test('a mutation, and its expected error with everything that belongs to it', async () => {
    const placed = await running.ask('mutation { placeOrder(product: "7") { id product { name } } }');
    expect(placed.body.data).toEqual({ placeOrder: { id: '7', product: { name: 'Product 7' } } });
    const refused = await running.ask('mutation { refuse(reason: "too late") { id } }');
    expect(refused.body).toEqual({
      data: { refuse: null },
      errors: [
        {
          message: 'too late',
          path: ['refuse'],
          extensions: { code: 'BAD_USER_INPUT', field: 'reason' },
        },
      ],
    });
  });

  test('subgraphs get the verified identity, signed', async () => {
    shop.identities.length = 0;
    const { body } = await running.ask('{ whoami orders { product { rating } } }', {
      token: await token({ tenant: 'local', role: 'STANDARD' }),
    });
    expect(body.data.whoami).toBe('alice');
    expect(shop.identities.length).toBeGreaterThan(1);
    for (const { subject, claims } of shop.identities) {
      expect([subject, claims.tenant, claims.role]).toEqual(['alice', 'local', 'STANDARD']);
    }
  });

  test('GET answers queries and refuses mutations', async () => {
    const headers = { authorization: `Bearer ${await token()}`, 'apollo-require-preflight': 'yes' };
    const url = (query: string) => `${running.gateway.url}/graphql?query=${encodeURIComponent(query)}`;
    const answer = await fetch(url('{ whoami }'), { headers });
    expect([answer.status, await answer.json()]).toEqual([200, { data: { whoami: 'alice' } }]);
    expect((await fetch(url('mutation { placeOrder(product: "1") { id } }'), { headers })).status).toBe(405);
    expect((await fetch(url('{ whoami }'), { headers: { authorization: headers.authorization } })).status).toBe(400);
  });

  test('status and content type follow GraphQL over HTTP', async () => {
    const accept = { accept: 'application/graphql-response+json' };
    const good = await running.ask('{ whoami }', { headers: accept });
    expect([good.status, good.headers.get('content-type')]).toEqual([
      200,
      'application/graphql-response+json; charset=utf-8',
    ]);
    expect((await running.ask('{ nothing }', { headers: accept })).status).toBe(400);
    expect((await running.ask('{', { headers: accept })).status).toBe(400);
    expect((await running.ask('query ($id: ID!) { order(id: $id) { id } }', { headers: accept })).status).toBe(400);
    expect((await running.ask('{ order(id: "0") { id } }', { headers: accept })).body).toEqual({
      data: { order: null },
    });
    const subscription = await running.ask('subscription { orderChanged { sequence } }');
    expect([subscription.status, subscription.body.errors[0].extensions.code]).toEqual([
      406,
      'SUBSCRIPTION_NEEDS_STREAM',
    ]);
  });

  test('introspection shows the public schema and none of the machinery', async () => {
    const { body } = await running.ask('{ __schema { types { name } } }');
    const names = body.data.__schema.types.map(({ name }: { name: string }) => name);
    expect(names).toContain('OrderEvent');
    expect(names.filter((name: string) => /^(_|join__|link__)[A-Z]/.test(name))).toEqual([]);
  });
});

describe('failures of a subgraph', () => {
  test('a store that is away costs its fields, with code and store', async () => {
    shop.reviews = 'away';
    const { status, body } = await running.ask(EVERYTHING);
    expect(status).toBe(200);
    expect(body.data.orders[2]).toMatchObject({ id: '3', product: { name: 'Product 3', rating: null } });
    expect(body.errors).toHaveLength(3);
    expect(body.errors[0]).toEqual({
      message: 'The store "weaviate" does not answer at the moment.',
      path: ['orders', 0, 'product', 'rating'],
      extensions: { code: 'STORE_UNAVAILABLE', store: 'weaviate' },
    });
  });

  test('an unexpected error is masked, with the request id', async () => {
    shop.reviews = 'leaky';
    const { body, headers } = await running.ask('{ bestProduct { rating } }', { headers: { 'x-request-id': 'r-1' } });
    expect(headers.get('x-request-id')).toBe('r-1');
    expect(body.errors).toEqual([
      {
        message: 'Internal server error',
        path: ['bestProduct', 'rating'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'r-1' },
      },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/hunter2|10\.1\.2\.3|stack/);
  });

  test.each([
    ['hanging', 'SERVICE_TIMEOUT'],
    ['huge', 'ANSWER_TOO_LARGE'],
  ] as const)('one that is %s costs its fields, in time: %s', async (state, code) => {
    shop.reviews = state;
    const { body } = await running.ask(EVERYTHING);
    expect(body.data.orders[0]).toMatchObject({ id: '1', product: { name: 'Product 1', rating: null, reviews: null } });
    expect(body.errors).toEqual([
      expect.objectContaining({ path: ['orders'], extensions: { code, service: 'reviews' } }),
    ]);
  });

  test('one that is gone costs its fields, says no address, and is back when it is back', async () => {
    const port = Number(new URL(running.reviews.url).port);
    await running.reviews.close();
    const { body } = await running.ask(EVERYTHING);
    expect(body.data.orders[0].product).toEqual({ name: 'Product 1', price: '1 USD', rating: null, reviews: null });
    expect(body.errors).toEqual([
      {
        message: 'The service "reviews" does not answer at the moment.',
        path: ['orders'],
        extensions: { code: 'SERVICE_UNAVAILABLE', service: 'reviews' },
      },
    ]);
    const root = await running.ask('{ best: bestProduct { id } whoami }');
    expect(root.body).toMatchObject({
      data: { best: null, whoami: 'alice' },
      errors: [{ path: ['best'], extensions: { code: 'SERVICE_UNAVAILABLE', service: 'reviews' } }],
    });
    expect(JSON.stringify([body, root.body])).not.toContain(String(port));
    running.reviews = await serveReviews(port);
    expect((await running.ask(EVERYTHING)).body.errors).toBeUndefined();
    await running.reviews.close();
  });
});
