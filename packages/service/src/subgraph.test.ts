import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createIdentitySigner, createLog, IDENTITY_HEADER, type Identity, StoreUnavailableError } from './index.ts';
import { type RunningService, serveSubgraph } from './subgraph.ts';

const SECRET = 'a secret of thirty-two characters or more';
const signer = createIdentitySigner(SECRET);

interface Context {
  identity: Identity;
  signal: AbortSignal;
  serial: number;
}

/** What the running subgraph let the tests see. */
const seen = { drained: false, contexts: 0, aborted: 0, uploaded: 0, parts: 'healthy' as 'healthy' | 'failed' };

async function* ticks(signal: AbortSignal, count: number) {
  signal.addEventListener('abort', () => seen.aborted++, { once: true });
  for (let tick = 1; tick <= count; tick++) yield tick;
  if (count > 2) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

const schema = new GraphQLSchema({
  query: new GraphQLObjectType<unknown, Context>({
    name: 'Query',
    fields: {
      subject: { type: GraphQLString, resolve: (_source, _args, { identity }) => identity.subject },
      leak: {
        type: GraphQLString,
        resolve: () => {
          throw new Error('connect postgres://user:hunter2@10.0.0.1');
        },
      },
      store: {
        type: GraphQLString,
        resolve: () => {
          throw new StoreUnavailableError('neo4j', { cause: new Error('ECONNREFUSED 10.0.0.1') });
        },
      },
      _entities: {
        type: new GraphQLList(GraphQLString),
        args: {
          representations: { type: new GraphQLNonNull(new GraphQLList(new GraphQLScalarType({ name: '_Any' }))) },
        },
        resolve: (_source, { representations }) => representations.map(() => 'entity'),
      },
    },
  }),
  subscription: new GraphQLObjectType<unknown, Context>({
    name: 'Subscription',
    fields: {
      tick: {
        type: new GraphQLObjectType<number, Context>({
          name: 'Tick',
          fields: {
            number: { type: GraphQLInt, resolve: (tick) => tick },
            context: { type: GraphQLInt, resolve: (_tick, _args, { serial }) => serial },
          },
        }),
        args: { count: { type: new GraphQLNonNull(GraphQLInt) } },
        subscribe: (_source, { count }, { signal }) => ticks(signal, count),
        resolve: (tick: unknown) => tick,
      },
    },
  }),
});

let service: RunningService;
beforeAll(async () => {
  service = await serveSubgraph<Context>({
    name: 'example',
    environment: { HOST: '127.0.0.1', PORT: 0, METRICS_PORT: 0, IDENTITY_SECRET: SECRET },
    log: createLog({ name: 'example', level: 'silent' }),
    schema,
    context: ({ identity, signal }) => ({ identity, signal, serial: ++seen.contexts }),
    health: async () => [{ name: 'store', state: seen.parts }],
    requiredParts: ['store'],
    subscriptions: true,
    routes: [
      {
        method: 'PUT',
        prefix: '/uploads/',
        async handle(request, response, { identity }) {
          for await (const chunk of request) seen.uploaded += (chunk as Buffer).length;
          response.writeHead(201).end(identity.subject);
        },
      },
    ],
    onDrain: async () => {
      seen.drained = true;
    },
  });
});
afterAll(() => service.close());

async function query(body: unknown, headers: Record<string, string> = {}) {
  const identity = await signer.sign({ subject: 'user-1', claims: {} });
  const response = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [IDENTITY_HEADER]: identity, ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, result: (await response.json()) as { data?: unknown; errors?: never[] } };
}

async function* subscribe(count: number, identity: string | undefined, closed?: (code: number) => void) {
  const client = createClient({
    url: `${service.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { identity },
    on: { closed: (event) => closed?.((event as { code: number }).code) },
  });
  try {
    yield* client.iterate({
      query: 'subscription ($count: Int!) { tick(count: $count) { number context } }',
      variables: { count },
    });
  } finally {
    await client.dispose();
  }
}

async function until(condition: () => boolean): Promise<void> {
  const limit = Date.now() + 5000;
  while (!condition()) {
    if (Date.now() > limit) throw new Error('The condition never came true.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('a subgraph', () => {
  test('answers the gateway, on behalf of the signed identity', async () => {
    expect(await query({ query: '{ subject }' })).toEqual({ status: 200, result: { data: { subject: 'user-1' } } });
  });

  test.each(['', 'nonsense'])('refuses any other caller (%j)', async (identity) => {
    const { status, result } = await query({ query: '{ subject }' }, { [IDENTITY_HEADER]: identity });
    expect(status).toBe(401);
    expect(result).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect((await fetch(`${service.url}/uploads/1`, { method: 'PUT', body: 'x' })).status).toBe(401);
  });

  test('keeps the code of an expected error and masks an unexpected one', async () => {
    const { result } = await query({ query: '{ store leak }' }, { 'x-request-id': 'request-7' });
    expect(result.errors).toEqual([
      expect.objectContaining({ path: ['store'], extensions: { code: 'STORE_UNAVAILABLE', store: 'neo4j' } }),
      expect.objectContaining({
        message: 'Internal server error',
        path: ['leak'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'request-7' },
      }),
    ]);
    expect(JSON.stringify(result)).not.toMatch(/hunter2|10\.0\.0\.1|stack/);
  });

  test('takes 1,000 representations per request and no more, however they are spelt', async () => {
    const representations = (length: number) => Array.from({ length }, () => ({ __typename: 'X' }));
    const operation = 'query ($r: [_Any]!) { _entities(representations: $r) }';
    const twice = 'query ($r: [_Any]!) { a: _entities(representations: $r) b: _entities(representations: $r) }';
    const within = await query({ query: operation, variables: { r: representations(1000) } });
    expect(within.result.errors).toBeUndefined();
    for (const [text, length] of [
      [operation, 1001],
      [twice, 501],
    ] as const) {
      const { result } = await query({ query: text, variables: { r: representations(length) } });
      expect(result).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    }
  });

  test('refuses a body that is too large, and one that is no JSON', async () => {
    expect((await query({ query: '{ subject }', variables: { big: 'x'.repeat(5_000_000) } })).status).toBe(413);
    const identity = await signer.sign({ subject: 'user-1', claims: {} });
    const headers = { 'content-type': 'application/json', [IDENTITY_HEADER]: identity };
    expect((await fetch(`${service.url}/graphql`, { method: 'POST', headers, body: '{' })).status).toBe(400);
  });

  test('serves its routes to the gateway', async () => {
    const headers = { [IDENTITY_HEADER]: await signer.sign({ subject: 'user-1', claims: {} }) };
    const response = await fetch(`${service.url}/uploads/1`, { method: 'PUT', headers, body: 'x'.repeat(100_000) });
    expect([response.status, await response.text(), seen.uploaded]).toEqual([201, 'user-1', 100_000]);
    expect((await fetch(`${service.url}/elsewhere`, { headers })).status).toBe(404);
  });

  test('tells its health to anyone', async () => {
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    seen.parts = 'failed';
    const response = await fetch(`${service.url}/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      ready: false,
      phase: 'serving',
      parts: [{ name: 'store', state: 'failed' }],
    });
    seen.parts = 'healthy';
  });

  test('exposes metrics on a port of its own', async () => {
    const response = await fetch(service.metricsUrl);
    expect(response.headers.get('content-type')).toContain('application/openmetrics-text');
    const text = await response.text();
    expect(text).toContain('graphql_operation_duration_seconds_count');
    expect(text).toContain('service="example"');
    expect(text.trimEnd().endsWith('# EOF')).toBe(true);
  });
});

describe('its subscriptions', () => {
  test('deliver each event with a context of its own', async () => {
    const events: unknown[] = [];
    for await (const { data } of subscribe(2, await signer.sign({ subject: 'user-1', claims: {} }))) {
      events.push((data as { tick: { number: number; context: number } }).tick);
    }
    expect(events).toHaveLength(2);
    const [first, second] = events as { number: number; context: number }[];
    expect([first!.number, second!.number]).toEqual([1, 2]);
    expect(second!.context).toBeGreaterThan(first!.context);
  });

  test('are released when the client leaves, though no event comes', async () => {
    const before = seen.aborted;
    for await (const { data } of subscribe(3, await signer.sign({ subject: 'user-1', claims: {} }))) {
      if ((data as { tick: { number: number } }).tick.number === 3) break;
    }
    await until(() => seen.aborted > before);
  });

  test('are refused without an identity: 4401', async () => {
    let code = 0;
    const stream = subscribe(1, undefined, (closed) => {
      code = closed;
    });
    await expect(stream.next()).rejects.toBeDefined();
    expect(code).toBe(4401);
  });

  test('a broken document fails alone', async () => {
    const client = createClient({
      url: `${service.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { identity: await signer.sign({ subject: 'user-1', claims: {} }) },
    });
    await expect(client.iterate({ query: 'subscription {' }).next()).rejects.toMatchObject([
      { message: /Syntax Error/ },
    ]);
    await expect(client.iterate({ query: '{ subject }' }).next()).rejects.toMatchObject([
      { message: /Only subscriptions/ },
    ]);
    const { value } = await client.iterate({ query: 'subscription { tick(count: 1) { number } }' }).next();
    expect(value).toEqual({ data: { tick: { number: 1 } } });
    await client.dispose();
  });
});

test('a drain closes sockets with 1001 and lets go of the stores', async () => {
  let code = 0;
  const stream = subscribe(3, await signer.sign({ subject: 'user-1', claims: {} }), (closed) => {
    code = closed;
  });
  await stream.next();
  await service.close();
  expect(seen.drained).toBe(true);
  await until(() => code === 1001);
  await stream.return(undefined).catch(() => undefined);
  await expect(fetch(`${service.url}/health/live`)).rejects.toThrow();
});
