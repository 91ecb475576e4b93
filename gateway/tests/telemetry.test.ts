import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { mergeSettings } from '../src/config/load.ts';
import { readGatewayEnvironment } from '../src/environment.ts';
import { type CollectedSpan, type Collector, startCollector } from './support/collector.ts';
import { startShop, until } from './support/gateway.ts';
import { documented } from './support/library.ts';
import { shop } from './support/shop.ts';
import { type Library, startLibrary } from './support/telemetry.ts';

const QUERY = 'query Shelf { books { title stars } }';

let collector: Collector;
let library: Library | undefined;
beforeEach(async () => {
  collector = await startCollector();
});
afterEach(async () => {
  await library?.close();
  library = undefined;
  await collector.close();
});

const tracing = (more: object = {}) => ({
  telemetry: { tracing: { endpoint: collector.endpoint, batchMilliseconds: 20, ...more } },
});

/** Apollo's addresses, where nobody answers either. */
const silent = () => ({ endpoint: collector.endpoint });

async function spanNamed(name: string): Promise<CollectedSpan> {
  await until(() => collector.spans.some((span) => span.name === name));
  const found = collector.spans.find((span) => span.name === name);
  if (!found) throw new Error(`There is no span "${name}".`);
  return found;
}

describe('traces', () => {
  test('go from the client through the gateway to the subgraphs', async () => {
    library = await startLibrary(tracing({ headers: { 'x-collector-key': 'k' } }));
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01`, tracestate: 'client=1', 'x-request-id': 'r-1' };
    expect((await library.ask(QUERY, { headers })).status).toBe(200);

    const server = await spanNamed('POST /graphql');
    const [operation, first, second] = [
      await spanNamed('query'),
      await spanNamed('fetch library'),
      await spanNamed('fetch ratings'),
    ];
    expect(server).toMatchObject({ traceId, parentId: 'b7ad6b7169203331', kind: 2, failed: false });
    expect(server.attributes).toMatchObject({ 'http.response.status_code': 200, 'url.path': '/graphql' });
    expect(operation).toMatchObject({ traceId, parentId: server.spanId, kind: 1 });
    expect(operation.attributes).toEqual({
      'request.id': 'r-1',
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Shelf',
      'graphql.document.hash': expect.stringMatching(/^[\da-f]{64}$/),
    });
    for (const fetch of [first, second]) {
      expect(fetch).toMatchObject({ traceId, parentId: operation.spanId, kind: 3, failed: false });
      expect(fetch.milliseconds).toBeLessThanOrEqual(operation.milliseconds);
    }
    for (const name of ['parse', 'validate', 'prepare', 'plan', 'fetch', 'shape']) {
      expect(await spanNamed(name)).toMatchObject({ traceId, parentId: operation.spanId, kind: 1 });
    }
    expect(library.asked.map(({ headers: { traceparent, tracestate } }) => [traceparent, tracestate])).toEqual([
      [`00-${traceId}-${first.spanId}-01`, 'client=1'],
      [`00-${traceId}-${second.spanId}-01`, 'client=1'],
    ]);
    expect(collector.requests[0]).toMatchObject({ 'content-type': 'application/x-protobuf', 'x-collector-key': 'k' });
  });

  test('are configured as the documentation shows', async () => {
    const settings = mergeSettings(await documented('telemetry'), {
      metricsPort: 0,
      telemetry: { tracing: { endpoint: collector.endpoint } },
    });
    library = await startLibrary(settings);
    await library.ask(QUERY);
    expect(await spanNamed('query')).toMatchObject({ failed: false });
    expect(collector.requests[0]).toMatchObject({ 'x-collector-key': 'key' });
  });

  test('have no text of the operation unless that is asked for', async () => {
    library = await startLibrary(tracing({ documents: true }));
    await library.ask('{ books { id } }');
    expect((await spanNamed('query')).attributes['graphql.document']).toBe('{ books { id } }');
  });

  test('mark what failed', async () => {
    library = await startLibrary(tracing());
    library.ratings = 'away';
    await library.ask(QUERY);
    expect(await spanNamed('fetch ratings')).toMatchObject({
      failed: true,
      attributes: { 'graphql.fetch.outcome': 'unavailable' },
    });
    expect((await spanNamed('query')).failed).toBe(true);
    expect((await spanNamed('fetch library')).failed).toBe(false);
  });

  test('that the client does not record are not recorded, and go on', async () => {
    library = await startLibrary(tracing());
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    await library.ask(QUERY, { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-00` } });
    await library.ask('{ books { id } }');
    await spanNamed('fetch library');
    expect(collector.spans.filter((span) => span.traceId === traceId)).toEqual([]);
    expect(library.asked[0]?.headers.traceparent).toMatch(new RegExp(`^00-${traceId}-[\\da-f]{16}-00$`));
  });

  test('of clients are not followed where that is switched off', async () => {
    library = await startLibrary(tracing({ followClients: false }));
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    await library.ask(QUERY, { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } });
    expect(await spanNamed('POST /graphql')).toMatchObject({ parentId: '' });
    expect(collector.spans.filter((span) => span.traceId === traceId)).toEqual([]);
  });

  test('a share of none keeps none', async () => {
    library = await startLibrary(tracing({ ratio: 0 }));
    await library.ask(QUERY);
    expect(library.asked[0]?.headers.traceparent).toMatch(/-00$/);
    await library.close();
    library = undefined;
    expect(collector.spans).toEqual([]);
  });

  test('each event of a subscription has one of its own, which links to the subscription', async () => {
    shop.eventsUntil = Number.POSITIVE_INFINITY;
    const running = await startShop(tracing());
    const client = running.socketClient();
    const events = client.iterate({ query: 'subscription { orderChanged(count: 2) { order { product { name } } } }' });
    for await (const _event of events);
    await until(() => collector.spans.filter(({ name }) => name === 'subscription event').length === 2);
    const opening = await spanNamed('subscription');
    const sent = collector.spans.filter(({ name }) => name === 'subscription event');
    for (const event of sent) {
      expect(event).toMatchObject({ parentId: '', kind: 5, links: [opening.spanId] });
      const fetch = collector.spans.find(({ parentId }) => parentId === event.spanId);
      expect(fetch).toMatchObject({ name: 'fetch products', traceId: event.traceId });
    }
    expect(new Set(sent.map((span) => span.traceId)).size).toBe(2);
    await client.dispose();
    await running.close();
  });

  test('have the operations of a WebSocket in the trace of its handshake', async () => {
    library = await startLibrary(tracing());
    const [traceId, parentId] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
    const client = createClient({
      url: library.url.replace('http', 'ws'),
      retryAttempts: 0,
      webSocketImpl: class extends WebSocket {
        constructor(url: string, protocols: string[]) {
          super(url, protocols, { headers: { traceparent: `00-${traceId}-${parentId}-01` } });
        }
      },
    });
    for await (const _answer of client.iterate({ query: QUERY }));
    expect(await spanNamed('query')).toMatchObject({ traceId, parentId, kind: 2 });
    await client.dispose();
  });

  test('have an operation over SSE below its request', async () => {
    library = await startLibrary(tracing());
    await (await library.ask(QUERY, { headers: { accept: 'text/event-stream' } })).text();
    const request = await spanNamed('POST /graphql');
    expect(await spanNamed('query')).toMatchObject({ parentId: request.spanId, traceId: request.traceId });
  });

  test('a collector that fails harms no request and fills no log', async () => {
    library = await startLibrary(tracing());
    collector.status = 400;
    for (let round = 0; round < 3; round++) {
      expect(await (await library.ask(QUERY)).json()).toHaveProperty('data.books');
      await until(() => collector.requests.length > round);
    }
    const complaints = () => library?.lines.filter(({ msg }) => msg.includes('collector')) ?? [];
    await until(() => complaints().length > 0);
    expect(complaints()).toHaveLength(1);
  });

  test('do not keep the gateway from ending when the collector never answers', async () => {
    collector.status = 0;
    library = await startLibrary({
      ...tracing(),
      studio: { key: 'k', graphRef: 'a@b', usage: silent(), schema: silent() },
    });
    await library.ask(QUERY);
    const begun = performance.now();
    await library.close();
    library = undefined;
    // A second for the last spans and reports, besides what it takes to close connections.
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  test('cost nothing and leave no header where they are off', async () => {
    library = await startLibrary();
    await library.ask(QUERY, { headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' } });
    expect(library.asked[0]?.headers).not.toHaveProperty('traceparent');
  });
});

test.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' }, 'http://collector:4318/v1/traces'],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://all:4318', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://traces:4318/x' },
    'http://traces:4318/x',
  ],
])('the environment names the collector: %j', (environment, endpoint) => {
  expect(readGatewayEnvironment(environment).settings).toMatchObject({ telemetry: { tracing: { endpoint } } });
});

describe('metrics', () => {
  const value = (text: string, series: string) => {
    const line = text.split('\n').find((each) => each.startsWith(`${series} `) || each.startsWith(series));
    return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
  };

  test('tell of operations, their phases, fetches, caches and the schema', async () => {
    library = await startLibrary();
    for (let round = 0; round < 3; round++) await library.ask(QUERY);
    await library.ask('{ nonsense }');
    library.ratings = 'away';
    await library.ask(QUERY);
    const text = await library.metrics();
    expect(text.trimEnd().endsWith('# EOF')).toBe(true);
    expect({
      ok: value(text, 'graphql_operation_duration_seconds_count{type="query",outcome="ok"'),
      failed: value(text, 'graphql_operation_duration_seconds_count{type="query",outcome="error"'),
      invalid: value(text, 'graphql_operation_duration_seconds_count{type="invalid",outcome="error"'),
      parsed: value(text, 'gateway_phase_duration_seconds_count{phase="parse"'),
      planned: value(text, 'gateway_phase_duration_seconds_count{phase="plan"'),
      shaped: value(text, 'gateway_phase_duration_seconds_count{phase="shape"'),
      library: value(text, 'gateway_fetch_duration_seconds_count{subgraph="library",outcome="ok"'),
      ratings: value(text, 'gateway_fetch_duration_seconds_count{subgraph="ratings",outcome="ok"'),
      away: value(text, 'gateway_fetch_duration_seconds_count{subgraph="ratings",outcome="unavailable"'),
      hits: value(text, 'gateway_cache_lookups_total{cache="documents",result="hit"'),
      misses: value(text, 'gateway_cache_lookups_total{cache="documents",result="miss"'),
      breaker: value(text, 'gateway_breaker_state{subgraph="library",state="closed"'),
      inFlight: value(text, 'gateway_operations_in_flight{'),
      schema: value(text, 'gateway_schema_info{schema='),
    }).toEqual({
      ok: 3,
      failed: 1,
      invalid: 1,
      parsed: 2,
      planned: 4,
      shaped: 4,
      library: 4,
      ratings: 3,
      away: 1,
      hits: 3,
      misses: 2,
      breaker: 1,
      inFlight: 0,
      schema: 1,
    });
    expect(text).not.toContain('Shelf');
  });

  test('and readiness tell of a circuit breaker that is open', async () => {
    library = await startLibrary({
      traffic: { retry: { retries: 0 }, breaker: { failures: 2, openMilliseconds: 60_000 } },
    });
    library.ratings = 'away';
    for (let round = 0; round < 3; round++) await library.ask(QUERY);
    const text = await library.metrics();
    expect({
      open: value(text, 'gateway_breaker_state{subgraph="ratings",state="open"'),
      closed: value(text, 'gateway_breaker_state{subgraph="ratings",state="closed"'),
      other: value(text, 'gateway_breaker_state{subgraph="library",state="closed"'),
      away: value(text, 'gateway_fetch_duration_seconds_count{subgraph="ratings",outcome="unavailable"'),
      notAsked: value(text, 'gateway_fetch_duration_seconds_count{subgraph="ratings",outcome="breaker_open"'),
    }).toEqual({ open: 1, closed: 0, other: 1, away: 2, notAsked: 1 });
    const ready = await fetch(new URL('/health/ready', library.url));
    expect([ready.status, ((await ready.json()) as { parts: unknown[] }).parts]).toEqual([
      200,
      [
        expect.objectContaining({ name: 'library', state: 'healthy' }),
        expect.objectContaining({ name: 'ratings', state: 'degraded', detail: 'its circuit breaker is open' }),
      ],
    ]);
  });

  test('tell what is open', async () => {
    shop.eventsUntil = 1;
    const running = await startShop();
    const open = async () => {
      const text = await (await fetch(running.gateway.metricsUrl)).text();
      return ['graphql_open_subscriptions{', 'gateway_open_upstreams{', 'gateway_open_sockets{'].map((name) =>
        value(text, name),
      );
    };
    const client = running.socketClient();
    const events = client.iterate({ query: 'subscription { orderChanged(count: 2) { sequence } }' });
    await events.next();
    expect(await open()).toEqual([1, 1, 1]);
    await client.dispose();
    await until(async () => (await open()).every((count) => count === 0));
    shop.eventsUntil = Number.POSITIVE_INFINITY;
    await running.close();
  });

  test('name trusted operations, and no others', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'manifest-'));
    const manifest = join(folder, 'operations.json');
    await writeFile(manifest, JSON.stringify({ shelf: QUERY }));
    library = await startLibrary({ persisted: { mode: 'safelist', manifest, audit: true } });
    await library.ask(QUERY);
    await library.ask('query Other { books { id } }');
    const text = await library.metrics();
    expect(value(text, 'gateway_trusted_operations_total{operation="Shelf",outcome="ok"')).toBe(1);
    expect(value(text, 'gateway_trusted_operation_seconds_total{operation="Shelf"')).toBeGreaterThan(0);
    expect(text).not.toContain('Other');
    await rm(folder, { recursive: true });
  });

  test('buckets count up to the whole', async () => {
    library = await startLibrary();
    await library.ask(QUERY);
    const buckets = [
      ...(await library.metrics()).matchAll(
        /^gateway_phase_duration_seconds_bucket\{phase="plan",le="([^"]+)".*\} (\d+)$/gm,
      ),
    ];
    expect(buckets.at(-1)?.slice(1)).toEqual(['+Inf', '1']);
    const counts = buckets.map(([, , count]) => Number(count));
    expect(counts).toEqual([...counts].sort((one, other) => one - other));
  });

  test('tell of a supergraph that cannot be used', async () => {
    library = await startLibrary();
    await writeFile(library.supergraphFile, 'type Query { this is no supergraph }');
    await until(
      async () => value((await library?.metrics()) ?? '', 'gateway_schema_loads_total{outcome="refused"') === 1,
    );
    expect((await library.ask(QUERY)).status).toBe(200);
  });
});

describe('the log', () => {
  const operations = () => library?.lines.filter(({ msg }) => msg.startsWith('operation ')) ?? [];

  test('has a line for an operation that failed, without what the client wrote', async () => {
    library = await startLibrary();
    library.ratings = 'away';
    const response = await library.ask('query Q($secret: ID!) { lend(book: $secret) { id } books { stars } }', {
      headers: { 'x-request-id': 'r-7' },
      body: { variables: { secret: 'a variable of the client' } },
    });
    expect(response.headers.get('x-request-id')).toBe('r-7');
    const [line] = operations();
    expect(operations()).toHaveLength(1);
    expect(line).toMatchObject({
      level: 'warn',
      requestId: 'r-7',
      milliseconds: expect.any(Number),
      operationHash: expect.stringMatching(/^[\da-f]{64}$/),
      operationType: 'query',
      operationName: 'Q',
      codes: ['SERVICE_UNAVAILABLE'],
      fetches: [
        { subgraph: 'ratings', outcome: 'unavailable', reason: expect.any(String), milliseconds: expect.any(Number) },
      ],
    });
    expect(JSON.stringify(library.lines)).not.toContain('a variable of the client');
  });

  test('has one for an operation that was slow, and none for the others', async () => {
    library = await startLibrary({ telemetry: { slowMilliseconds: 100 } });
    await library.ask('{ books { title } }');
    expect(operations()).toEqual([]);
    library.ratings = 'slow';
    await library.ask(QUERY);
    expect(operations()).toMatchObject([{ level: 'warn', msg: 'operation was slow', operationName: 'Shelf' }]);
  });

  test('tells clients’ mistakes as information', async () => {
    library = await startLibrary();
    await library.ask('{ nonsense }');
    expect(operations()).toMatchObject([{ level: 'info', codes: ['GRAPHQL_VALIDATION_FAILED'] }]);
  });

  test('a request id that could harm the log is replaced', async () => {
    library = await startLibrary();
    const response = await library.ask(QUERY, { headers: { 'x-request-id': '"}{"level":"fatal"' } });
    expect(response.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });
});
