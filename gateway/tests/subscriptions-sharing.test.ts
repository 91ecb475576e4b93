import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type FeedGateway, RESUME, startFeed } from './support/feed.ts';
import { until } from './support/gateway.ts';
import { openRaw, type RawSocket } from './support/raw-socket.ts';

let last = 0;
let running: FeedGateway;
const sockets: RawSocket[] = [];
beforeAll(async () => {
  running = await startFeed(
    {
      subscriptions: {
        resume: RESUME,
        clients: { operationsPerSocket: 1000 },
        queue: { events: 60 },
        neverShare: ['ticks'],
      },
    },
    () => last,
  );
});
afterAll(() => running.close());
beforeEach(async () => {
  for (const { socket } of sockets.splice(0)) socket.terminate();
  await until(() => running.feed.open === 0);
  last = 0;
  Object.assign(running.feed, { opened: 0, begun: [], subjects: [] });
  running.items.requests = 0;
});

async function open(claims?: Record<string, unknown>): Promise<RawSocket> {
  const socket = await openRaw(running.gateway.url, { ...(claims && { claims }) });
  sockets.push(socket);
  return socket;
}

const QUERY = 'subscription ($after: String) { entries(after: $after) { sequence item { name } } }';
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index + 1);
const sequences = (socket: RawSocket, id: string) =>
  socket
    .of(id)
    .filter(({ type }) => type === 'next')
    .map(({ payload }) => payload.data.entries.sequence);

describe('identical subscriptions of one identity', () => {
  test('500 of them have one upstream, and each event is completed with one fetch', async () => {
    const clients = await Promise.all(Array.from({ length: 5 }, () => open()));
    const ids = Array.from({ length: 100 }, (_, index) => `s${index}`);
    for (const client of clients) for (const id of ids) client.subscribe(id, QUERY);
    await until(() => running.feed.open === 1);
    last = 10;
    await until(() => clients.every((client) => ids.every((id) => sequences(client, id).length === 10)));
    for (const client of clients) for (const id of ids) expect(sequences(client, id)).toEqual(range(0, 10));
    expect(clients[0]?.of('s0')[4]?.payload).toEqual({ data: { entries: { sequence: 5, item: { name: 'Item 5' } } } });
    expect(running.feed.opened).toBe(1);
    expect(running.items.requests).toBe(10);
  });

  test('one that begins elsewhere has an upstream of its own until it has caught up', async () => {
    const client = await open();
    last = 200;
    client.subscribe('early', QUERY);
    client.subscribe('also', QUERY, { after: 'c3' });
    await until(() => sequences(client, 'early').length === 200 && sequences(client, 'also').length === 197);
    client.subscribe('late', QUERY, { after: 'c10' });
    await until(() => sequences(client, 'late').length === 190);
    await until(() => running.feed.open === 1);
    last = 205;
    await until(() => ['early', 'also', 'late'].every((id) => sequences(client, id).at(-1) === 205));
    expect(sequences(client, 'early')).toEqual(range(0, 205));
    expect(sequences(client, 'also')).toEqual(range(3, 205));
    expect(sequences(client, 'late')).toEqual(range(10, 205));
    expect(running.feed.open).toBe(1);
  });

  test('one that comes back within the last events needs no upstream of its own', async () => {
    const [stays, leaves] = [await open(), await open()];
    stays.subscribe('1', QUERY);
    leaves.subscribe('1', QUERY);
    await until(() => running.feed.open === 1);
    last = 20;
    await until(() => sequences(leaves, '1').length === 20);
    const before = sequences(leaves, '1');
    leaves.socket.terminate();
    const third = await open();
    third.subscribe('1', QUERY);
    await until(() => sequences(third, '1').length === 20);
    last = 30;
    await until(() => sequences(stays, '1').length === 30);
    const again = await open();
    again.subscribe('1', QUERY, { after: 'c20' });
    await until(() => sequences(again, '1').length === 10);
    expect([...before, ...sequences(again, '1')]).toEqual(range(0, 30));
    expect(running.feed.opened).toBe(1);
  });

  test('the metrics count clients, their subscriptions and upstreams', async () => {
    const read = async () => {
      const text = await (await fetch(running.gateway.metricsUrl)).text();
      return ['gateway_open_sockets', 'graphql_open_subscriptions', 'gateway_open_upstreams'].map((name) =>
        Number(new RegExp(`^${name}\\{[^}]*\\} (\\d+)`, 'm').exec(text)?.[1]),
      );
    };
    const counts = async (...expected: number[]) => {
      await until(async () => String(await read()) === String(expected)).catch(async () => {
        expect(await read()).toEqual(expected);
      });
    };
    await counts(0, 0, 0);
    const clients = [await open(), await open()];
    for (const client of clients) for (const id of ['1', '2', '3']) client.subscribe(id, QUERY);
    clients[0]?.subscribe('4', 'subscription { entries(until: 1) { sequence } }');
    await counts(2, 7, 2);
    last = 1;
    await counts(2, 6, 1);
    clients[0]?.socket.terminate();
    await counts(1, 3, 1);
    clients[1]?.socket.terminate();
    await counts(0, 0, 0);
  });

  test('the upstream is let go with the last of them', async () => {
    const client = await open();
    client.subscribe('1', QUERY);
    client.subscribe('2', QUERY);
    await until(() => running.feed.open === 1);
    client.say({ type: 'complete', id: '1' });
    last = 1;
    await until(() => sequences(client, '2').length === 1);
    expect(sequences(client, '1')).toEqual([]);
    client.say({ type: 'complete', id: '2' });
    await until(() => running.feed.open === 0);
  });
});

describe('subscriptions are not shared', () => {
  test('between identities, whatever else their tokens say', async () => {
    const clients = [
      await open({ role: 'a', jti: '1' }),
      await open({ role: 'b' }),
      await open({ role: 'a', jti: '2' }),
    ];
    for (const client of clients) client.subscribe('1', QUERY);
    await until(() => running.feed.open === 2);
    last = 1;
    await until(() => clients.every((client) => sequences(client, '1').length === 1));
    expect(running.feed.opened).toBe(2);
  });

  test('where the configuration says so', async () => {
    const client = await open();
    for (const id of ['1', '2']) client.subscribe(id, 'subscription { ticks { sequence } }');
    await until(() => running.feed.open === 2);
  });

  test('between other texts or variables', async () => {
    const client = await open();
    client.subscribe('1', QUERY);
    client.subscribe('2', `${QUERY} #`);
    client.subscribe('3', 'subscription { entries(log: "a") { sequence } }');
    client.subscribe('4', 'subscription { entries(log: "b") { sequence } }');
    await until(() => running.feed.open === 4);
  });
});

describe('a client that does not keep up', () => {
  const BIG = 'subscription ($after: String) { entries(after: $after) { sequence text(bytes: 200000) } }';

  test('loses a shared subscription with an error that says so, the others nothing', async () => {
    const [slow, quick] = [await open(), await open()];
    slow.subscribe('1', BIG);
    quick.subscribe('1', BIG);
    await until(() => running.feed.open === 1);
    slow.socket.pause();
    last = 400;
    await until(() => sequences(quick, '1').length === 400);
    slow.socket.resume();
    await until(() => slow.of('1').at(-1)?.type === 'error');
    expect(slow.of('1').at(-1)?.payload[0].extensions).toEqual({ code: 'SUBSCRIPTION_TOO_SLOW' });
    const had = sequences(slow, '1');
    expect(had).toEqual(range(0, had.length));
    expect(had.length).toBeLessThan(400);
    slow.subscribe('2', BIG, { after: `c${had.length}` });
    await until(() => sequences(slow, '2').length === 400 - had.length);
    expect([...had, ...sequences(slow, '2')]).toEqual(range(0, 400));
  }, 60_000);
});
