import { readFile, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKeyPair, SignJWT } from 'jose';
import { WebSocket } from 'ws';
import { compose, JWT_SECRET, type ShopGateway, startShop, token, until } from './support/gateway.ts';
import { ORDERS, PRODUCTS, REVIEWS, shop } from './support/shop.ts';

let running: ShopGateway;
beforeAll(async () => {
  running = await startShop({ allowedHosts: ['graph.example'], cors: { origins: ['https://app.example'] } });
});
afterAll(() => running.close());

/** `fetch` does not let its Host header be set. */
function statusFor(path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    httpRequest(`${running.gateway.url}${path}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

async function signed(
  claims: Record<string, unknown>,
  header: { alg: string; typ?: string },
  key?: Parameters<SignJWT['sign']>[0],
) {
  return new SignJWT({ sub: 'alice', iss: 'shop', aud: 'shop-clients', exp: 4_000_000_000, ...claims })
    .setProtectedHeader(header)
    .sign(key ?? new TextEncoder().encode(JWT_SECRET));
}

describe('a client token', () => {
  const HS256 = { alg: 'HS256', typ: 'JWT' };

  test('that holds lets in', async () => {
    expect((await running.ask('{ whoami }', { token: await signed({}, HS256) })).status).toBe(200);
  });

  test.each<[string, () => Promise<string | null>]>([
    ['is absent', async () => null],
    ['is none', async () => 'x.y.z'],
    ['has run out', () => token({}, -60)],
    ['never runs out', () => signed({ exp: undefined }, HS256)],
    ['is of another issuer', () => signed({ iss: 'other' }, HS256)],
    ['is for another audience', () => signed({ aud: 'other' }, HS256)],
    ['is of another type', () => signed({}, { alg: 'HS256', typ: 'identity+jwt' })],
    ['is signed with another algorithm', () => signed({}, { alg: 'HS512', typ: 'JWT' })],
    [
      'is signed with another key',
      async () => signed({}, { alg: 'RS256', typ: 'JWT' }, (await generateKeyPair('RS256')).privateKey),
    ],
    ['is not signed', async () => `${btoa('{"alg":"none","typ":"JWT"}')}.${btoa('{"sub":"alice","exp":4000000000}')}.`],
  ])('that %s does not: 401', async (_name, make) => {
    const { status, headers, body } = await running.ask('{ whoami }', { token: await make() });
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(body).toEqual({ errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }] });
  });
});

describe('a request', () => {
  test('for another host is refused, over HTTP and WebSocket', async () => {
    const authorization = `Bearer ${await token()}`;
    expect(await statusFor('/graphql?query={whoami}', { host: 'evil.example', authorization })).toBe(421);
    expect(await statusFor('/health/live', { host: 'graph.example' })).toBe(200);
    expect(await statusFor('/health/live', { host: 'LocalHost:4000' })).toBe(200);
    const socket = new WebSocket(`${running.gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { host: 'evil.example' },
    });
    const error = await new Promise<Error>((resolve) => socket.once('error', resolve));
    expect(error.message).toContain('421');
  });

  test('with a body above 1 MB is refused before it is read: 413', async () => {
    const { status, body } = await running.ask('{ whoami }', { variables: { big: 'x'.repeat(20_000_000) } });
    expect([status, body.errors[0].extensions.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  test('with more than its share of tokens or selections is refused at once', async () => {
    const aliases = Array.from({ length: 10_000 }, (_, index) => `a${index}: whoami`).join(' ');
    const levels = Array.from(
      { length: 30 },
      (_, index) => `fragment f${index} on Query { ...f${index + 1} ...f${index + 1} }`,
    );
    const bomb = `{ ...f0 } ${levels.join(' ')} fragment f30 on Query { whoami }`;
    for (const query of [`{ ${aliases} }`, bomb]) {
      const start = performance.now();
      const { status } = await running.ask(query);
      expect(status).toBe(400);
      expect(performance.now() - start).toBeLessThan(3_000);
    }
  });

  test('that a page can send without asking first is refused', async () => {
    const response = await fetch(`${running.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', authorization: `Bearer ${await token()}` },
      body: '{"query":"{ whoami }"}',
    });
    expect(response.status).toBe(400);
  });
});

describe('a page of another origin', () => {
  const preflight = (origin: string) =>
    fetch(`${running.gateway.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    });

  test('may ask when it is listed', async () => {
    const response = await preflight('https://app.example');
    expect([response.status, response.headers.get('access-control-allow-headers')]).toEqual([204, 'authorization']);
    const { headers } = await running.ask('{ whoami }', { headers: { origin: 'https://app.example' } });
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example');
  });

  test('may not otherwise', async () => {
    const response = await preflight('https://evil.example');
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([401, null]);
  });
});

describe('health and metrics', () => {
  test('readiness lists every part', async () => {
    const response = await fetch(`${running.gateway.url}/health/ready`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      ready: true,
      phase: 'serving',
      parts: ['orders', 'products', 'reviews'].map((name) => ({
        name,
        state: 'healthy',
        parts: [{ name: `${name}-store`, state: 'healthy' }],
      })),
    });
    expect((await fetch(`${running.gateway.url}/health/live`)).status).toBe(200);
  });

  test('metrics count operations and fetches', async () => {
    await running.ask('{ orders { product { rating } } }');
    const text = await (await fetch(running.gateway.metricsUrl)).text();
    expect(text).toMatch(/gateway_fetch_duration_seconds_count\{[^}]*subgraph="reviews",outcome="ok"[^}]*\}/);
    expect(text).toMatch(/graphql_operation_duration_seconds_count\{[^}]*type="query",outcome="ok"/);
    expect((await fetch(`${running.gateway.url}/metrics`)).status).toBe(401);
  });
});

describe('a new supergraph', () => {
  test('takes over without a restart; a bad one changes nothing', async () => {
    shop.eventsUntil = 1;
    const client = running.socketClient();
    const events = client.iterate({ query: 'subscription { orderChanged(count: 2) { sequence } }' });
    await events.next();
    const before = await readFile(running.supergraphFile, 'utf8');
    await writeFile(running.supergraphFile, 'type Query {');
    await writeFile(
      running.supergraphFile,
      compose({
        orders: ORDERS.replace('whoami: String', 'whoami: String identity: String'),
        products: PRODUCTS,
        reviews: REVIEWS,
      }),
    );
    await until(async () =>
      (await running.ask('{ __type(name: "Query") { fields { name } } whoami }')).body.data.__type.fields.some(
        ({ name }: { name: string }) => name === 'identity',
      ),
    );
    shop.eventsUntil = 2;
    expect((await events.next()).value).toEqual({ data: { orderChanged: { sequence: 2 } } });
    await writeFile(running.supergraphFile, before);
    await until(async () => (await running.ask('{ identity }')).status === 400);
    await client.dispose();
  }, 20_000);
});

describe('production', () => {
  test('shows no schema, and no stack traces', async () => {
    const production = await startShop({ production: true });
    try {
      const asked = await production.ask('{ __schema { types { name } } }');
      expect(asked.body.errors[0].extensions.code).toBe('INTROSPECTION_DISABLED');
      const misspelt = await production.ask('{ whoamj }');
      expect(misspelt.body.errors[0].message).not.toContain('whoami');
      shop.reviews = 'leaky';
      const leaky = await production.ask('{ bestProduct { rating } }');
      expect(JSON.stringify(leaky.body)).not.toMatch(/hunter2|stack/);
    } finally {
      shop.reviews = 'well';
      await production.close();
    }
  });
});

test('a required part that is away: not ready', async () => {
  await running.orders.close();
  await until(async () => (await fetch(`${running.gateway.url}/health/ready`)).status === 503);
  const { parts } = (await (await fetch(`${running.gateway.url}/health/ready`)).json()) as { parts: unknown[] };
  expect(parts[0]).toEqual({ name: 'orders', state: 'failed', detail: 'does not answer' });
});
