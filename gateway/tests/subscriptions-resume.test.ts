import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { WebSocketServer } from 'ws';
import { type FeedGateway, RESUME, startFeed } from './support/feed.ts';
import { FEED, ITEMS, serveFeed, serveItems } from './support/feed-subgraphs.ts';
import { compose, JWT_SECRET, token, until } from './support/gateway.ts';
import { documented } from './support/library.ts';
import { freePort, Restartable } from './support/processes.ts';
import { openRaw, type RawSocket } from './support/raw-socket.ts';
import { IDENTITY_SECRET } from './support/shop.ts';

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index + 1);
const sequences = (socket: RawSocket, id: string) =>
  socket
    .of(id)
    .filter(({ type }) => type === 'next')
    .map(({ payload }) => payload.data.entries.sequence);

describe('a subscription whose field has a rule', () => {
  let last = 0;
  let running: FeedGateway;
  let client: RawSocket;
  beforeAll(async () => {
    running = await startFeed(await documented('subscriptions'), () => last);
  });
  afterAll(() => running.close());
  afterEach(() => {
    client.socket.terminate();
    last = 0;
    running.feed.away = false;
  });

  async function restart(whileAway: () => Promise<unknown> = async () => undefined): Promise<void> {
    const port = Number(new URL(running.service.url).port);
    await running.service.close();
    await whileAway();
    running.service = await serveFeed(running.feed, port);
  }

  test('goes on behind its last event when the subgraph is restarted; the client sees nothing of it', async () => {
    client = await openRaw(running.gateway.url);
    client.subscribe('1', 'subscription { entries(until: 30) { sequence item { name } } }');
    last = 10;
    await until(() => sequences(client, '1').length === 10);
    await restart(async () => {
      last = 20;
    });
    await until(() => sequences(client, '1').length === 20);
    await restart();
    last = 30;
    await until(() => client.of('1').at(-1)?.type === 'complete');
    expect(sequences(client, '1')).toEqual(range(0, 30));
    expect(client.of('1')).toHaveLength(31);
    expect(client.of('1')[3]?.payload).toEqual({ data: { entries: { sequence: 4, item: { name: 'Item 4' } } } });
    expect(running.feed.begun).toEqual([null, 'c10', 'c20']);
  });

  test('waits for a subgraph that is away when it begins', async () => {
    client = await openRaw(running.gateway.url);
    last = 2;
    await restart(async () => {
      client.subscribe('1', 'subscription ($after: String) { e: entries(after: $after, until: 2) { sequence } }', {
        after: 'c1',
      });
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    await until(() => client.of('1').length === 2);
    expect(client.of('1').map(({ payload }) => payload)).toEqual([{ data: { e: { sequence: 2 } } }, undefined]);
  });

  test('waits out errors with the codes that the configuration names', async () => {
    client = await openRaw(running.gateway.url);
    running.feed.away = true;
    client.subscribe('1', 'subscription { entries(until: 3) { sequence } }');
    await new Promise((resolve) => setTimeout(resolve, 300));
    running.feed.away = false;
    last = 3;
    await until(() => client.of('1').length === 4);
    expect(sequences(client, '1')).toEqual([1, 2, 3]);
  });

  test('ends with the error once it has tried for long enough', async () => {
    client = await openRaw(running.gateway.url);
    running.feed.away = true;
    const start = Date.now();
    client.subscribe('1', 'subscription { entries { sequence } }');
    await until(() => client.of('1').length === 1);
    expect(Date.now() - start).toBeGreaterThan(1500);
    expect(client.of('1')[0]).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'STORE_UNAVAILABLE' } }],
    });
  });

  test('leaves a subgraph that answers no ping, and says where it was', async () => {
    const begun: unknown[] = [];
    const frozen = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong: false });
    frozen.on('connection', (socket, { headers }) => {
      socket.on('message', (data) => {
        const { type, id, payload } = JSON.parse(String(data));
        if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
        if (type !== 'subscribe') return;
        begun.push({ variables: payload.variables, locale: headers['accept-language'] });
        const cursor = `c${begun.length}`;
        const entries = { sequence: begun.length, __cursor: cursor };
        socket.send(JSON.stringify({ id, type: 'next', payload: { data: { entries } } }));
      });
    });
    await new Promise((resolve) => frozen.once('listening', resolve));
    const { port } = frozen.address() as { port: number };
    const other = await startFeed({
      subgraphs: { feed: { url: `http://127.0.0.1:${port}/graphql` } },
      subscriptions: { resume: RESUME, upstreamPingMilliseconds: 200 },
      headers: { propagate: [{ name: 'accept-language' }] },
    });
    client = await openRaw(other.gateway.url);
    client.socket.close();
    client = await openRaw(other.gateway.url, { payload: { 'accept-language': 'nl' } });
    client.subscribe('1', 'subscription { entries { sequence } }');
    await until(() => sequences(client, '1').length === 3);
    expect(sequences(client, '1')).toEqual([1, 2, 3]);
    expect(begun.slice(0, 3)).toEqual([
      { variables: {}, locale: 'nl' },
      { variables: { __resume: 'c1' }, locale: 'nl' },
      { variables: { __resume: 'c2' }, locale: 'nl' },
    ]);
    client.socket.terminate();
    await other.close();
    for (const socket of frozen.clients) socket.terminate();
    frozen.close();
  }, 20_000);

  test('goes on over SSE where Last-Event-ID says', async () => {
    client = await openRaw(running.gateway.url);
    last = 5;
    const read = async (headers: Record<string, string>) => {
      const query = encodeURIComponent('subscription { entries(until: 5) { sequence } }');
      const response = await fetch(`${running.gateway.url}/graphql?query=${query}`, {
        headers: { accept: 'text/event-stream', authorization: `Bearer ${await token()}`, ...headers },
      });
      return (await response.text()).split('\n').filter((line) => line.startsWith('id:') || line.startsWith('data:'));
    };
    expect(await read({})).toEqual([
      ...range(0, 5).flatMap((n) => [`id: c${n}`, `data: {"data":{"entries":{"sequence":${n}}}}`]),
      'data: ',
    ]);
    expect(await read({ 'last-event-id': 'c3' })).toEqual([
      ...[4, 5].flatMap((n) => [`id: c${n}`, `data: {"data":{"entries":{"sequence":${n}}}}`]),
      'data: ',
    ]);
  });
});

test('without a rule a lost subgraph ends the subscription', async () => {
  const running = await startFeed({}, () => 1);
  const client = await openRaw(running.gateway.url);
  client.subscribe('1', 'subscription { entries { sequence } }');
  await until(() => sequences(client, '1').length === 1);
  await running.service.close();
  await until(() => client.of('1').length === 2);
  expect(client.of('1')[1]).toMatchObject({
    type: 'error',
    payload: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }],
  });
  client.socket.terminate();
  await running.close();
});

test('2,000 events, the client cut off 10 times, gateway and subgraph each killed twice: none lost, none repeated', async () => {
  const EVENTS = 2000;
  const [feedPort, gatewayPort] = [await freePort(), await freePort()];
  const seen = { requests: 0 };
  const items = await serveItems(seen);
  const folder = await mkdtemp(join(tmpdir(), 'resume-'));
  await writeFile(join(folder, 'supergraph.graphql'), compose({ feed: FEED, items: ITEMS }));
  const config = {
    supergraph: 'supergraph.graphql',
    subgraphs: {
      feed: { url: `http://127.0.0.1:${feedPort}/graphql` },
      items: { url: `${items.url}/graphql` },
    },
    subscriptions: { resume: RESUME },
  };
  await writeFile(join(folder, 'gateway.json'), JSON.stringify(config));
  const start = Date.now() + 3000;
  const feed = new Restartable(
    [join(import.meta.dirname, 'support/feed-process.ts'), `${feedPort}`, `${start}`, '6'],
    {},
    (text) => text.includes('listening'),
  );
  const gateway = new Restartable(
    [join(import.meta.dirname, '../src/main.ts'), '--config', join(folder, 'gateway.json'), '--port', `${gatewayPort}`],
    { JWT_SECRET, JWT_ISSUER: 'shop', JWT_AUDIENCE: 'shop-clients', IDENTITY_SECRET },
    (text) => text.includes('listening'),
  );
  try {
    await Promise.all([feed.start(), gateway.start()]);
    const got: number[] = [];
    const items: string[] = [];
    let cursor: string | undefined;
    let cuts = 0;
    let current: RawSocket | undefined;
    const done = new AbortController();

    /** A client as they are: it comes back whenever it was cut off, behind the last event that it has. */
    const client = (async () => {
      while (got.length < EVENTS && !done.signal.aborted) {
        const socket = await openRaw(`http://127.0.0.1:${gatewayPort}`).catch(() => undefined);
        if (!socket) {
          await new Promise((resolve) => setTimeout(resolve, 50));
          continue;
        }
        current = socket;
        const query = `subscription ($after: String) { entries(after: $after, until: ${EVENTS}) { cursor sequence item { name } } }`;
        socket.socket.on('message', (data) => {
          const { type, payload } = JSON.parse(String(data));
          if (type === 'error') throw new Error(`The subscription failed: ${data}`);
          if (type === 'complete') socket.socket.close();
          if (type !== 'next') return;
          got.push(payload.data.entries.sequence);
          items.push(payload.data.entries.item.name);
          cursor = payload.data.entries.cursor;
        });
        socket.subscribe('1', query, { after: cursor });
        await socket.closed;
      }
    })();

    const reaches = (count: number) => until(() => got.length >= count, 60_000);
    for (let step = 1; step <= 10; step++) {
      await reaches(step * 180);
      current?.socket.terminate();
      cuts++;
      if (step === 3 || step === 7) {
        await gateway.kill();
        await gateway.start();
      }
      if (step === 5 || step === 9) {
        await reaches(step * 180 + 90);
        await feed.kill();
        await feed.start();
      }
    }
    await Promise.race([client, reaches(EVENTS)]);
    done.abort();
    await client;
    expect(cuts).toBe(10);
    expect(got).toEqual(range(0, EVENTS));
    expect(items).toEqual(got.map((sequence) => `Item ${sequence % 7}`));
  } finally {
    await Promise.all([feed.kill(), gateway.kill()]);
    await items.close();
    await rm(folder, { recursive: true });
  }
}, 180_000);
