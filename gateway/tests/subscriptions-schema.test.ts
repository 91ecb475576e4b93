import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Pool } from 'undici';
import { type FeedGateway, RESUME, startFeed } from './support/feed.ts';
import { FEED, FEED_WITH_NAMES } from './support/feed-subgraphs.ts';
import { token, until } from './support/gateway.ts';
import { openRaw, type RawSocket } from './support/raw-socket.ts';

let last = 0;
let running: FeedGateway;
let client: RawSocket;
beforeEach(async () => {
  last = 0;
  running = await startFeed({ subscriptions: { resume: RESUME, moveMilliseconds: 500 } }, () => last);
  client = await openRaw(running.gateway.url);
});
afterEach(async () => {
  client.socket.terminate();
  await running.close();
});

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index + 1);
const got = (id: string, field = 'entries') =>
  client
    .of(id)
    .filter(({ type }) => type === 'next')
    .map(({ payload }) => payload.data[field]?.sequence);

/** Resolves when the new schema, in which `query` is valid, is the one that operations begin on. */
async function takenOver(query: string): Promise<void> {
  let attempt = 0;
  await until(async () => {
    const id = `probe ${attempt++}`;
    client.subscribe(id, query);
    await until(() => client.of(id).length > 0);
    return client.of(id)[0]?.type === 'next';
  });
}

describe('when a new schema takes over', () => {
  test('subscriptions go on, on the same upstream where that asks for the same', async () => {
    for (const id of ['a', 'b']) client.subscribe(id, 'subscription { entries { sequence item { name } } }');
    client.subscribe('t', 'subscription { ticks { sequence } }');
    await until(() => running.feed.open === 2);
    last = 10;
    await until(() => got('a').length === 10 && got('t', 'ticks').length === 10);
    await running.recompose({ feed: FEED.replace('lastEntry: Int!', 'lastEntry: Int! newest: Int') });
    await takenOver('query ($with: Boolean! = false) { lastEntry newest @include(if: $with) }');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    last = 20;
    await until(() => got('b').length === 20 && got('t', 'ticks').length === 20);
    expect(got('a')).toEqual(range(0, 20));
    expect(got('b')).toEqual(range(0, 20));
    expect(got('t', 'ticks')).toEqual(range(0, 20));
    expect(running.feed.opened).toBe(2);
    // Who comes now shares with those that came before.
    client.subscribe('c', 'subscription { entries { sequence item { name } } }');
    await until(() => got('c').length === 20);
    expect(running.feed.open).toBe(2);
  });

  test('a subscription that is planned otherwise moves to a new upstream at its cursor', async () => {
    client.subscribe('1', 'subscription { entries { sequence item { id name } } }');
    client.subscribe('2', 'subscription { entries { sequence item { id name } } }');
    await until(() => running.feed.open === 1);
    last = 10;
    await until(() => got('2').length === 10);
    // The log knows the names itself now.
    await running.recompose({ feed: FEED_WITH_NAMES });
    await until(() => running.feed.opened === 2 && running.feed.open === 1);
    last = 20;
    await until(() => got('1').length >= 20 && got('2').length >= 20);
    expect(got('1')).toEqual(range(0, 20));
    expect(got('2')).toEqual(range(0, 20));
    expect(running.feed.begun).toEqual([null, 'c10']);
    expect(client.of('1')[15]?.payload).toEqual({
      data: { entries: { sequence: 16, item: { id: 'i2', name: 'Item 2' } } },
    });
    expect(running.items.requests).toBe(10);
  });

  test('one that it does not allow ends with the error that says so', async () => {
    client.subscribe('1', 'subscription { entries { sequence text } }');
    client.subscribe('2', 'subscription { entries { sequence } }');
    await until(() => running.feed.open === 2);
    last = 3;
    await until(() => got('1').length === 3);
    await running.recompose({ feed: FEED.replace('text(bytes: Int! = 0): String', '') });
    await until(() => client.of('1').at(-1)?.type === 'error');
    expect(client.of('1').at(-1)?.payload[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    last = 5;
    await until(() => got('2').length === 5);
    expect(got('2')).toEqual(range(0, 5));
  });

  test('under load no request fails and no event is lost: 50 connections, 500 subscriptions, 4 new schemas', async () => {
    const sockets = await Promise.all(Array.from({ length: 10 }, () => openRaw(running.gateway.url)));
    const received = new Map<string, number[]>();
    sockets.forEach(({ socket, subscribe }, index) => {
      for (let each = 0; each < 50; each++) {
        const id = `${index} ${each}`;
        received.set(id, []);
        // Every tenth has a text of its own.
        const note = each % 10 === 0 ? '' : ` #${each % 10}`;
        subscribe(id, `subscription { entries { sequence item { id name } } }${note}`);
      }
      socket.on('message', (data) => {
        const { id, type, payload } = JSON.parse(String(data));
        if (type === 'error') throw new Error(`A subscription failed: ${data}`);
        received.get(id)?.push(payload.data.entries.sequence);
      });
    });
    const clock = setInterval(() => last++, 100);
    const failures: unknown[] = [];
    let answered = 0;
    let over = false;
    const pool = new Pool(running.gateway.url, { connections: 50, pipelining: 1 });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await token()}` };
    const asking = Array.from({ length: 50 }, async () => {
      while (!over) {
        const answer = await pool.request({
          path: '/graphql',
          method: 'POST',
          headers,
          body: '{"query":"{ lastEntry }"}',
        });
        const body = (await answer.body.json()) as { data?: { lastEntry?: number } };
        if (typeof body.data?.lastEntry !== 'number') failures.push(body);
        answered++;
      }
    });
    try {
      await until(() => [...received.values()].every((events) => events.length > 0));
      for (const feed of [FEED_WITH_NAMES, FEED, FEED_WITH_NAMES, FEED]) {
        const before = { begun: running.feed.begun.length, answered };
        await running.recompose({ feed });
        // Ten texts, so ten upstreams, begin again at their cursors.
        await until(() => running.feed.begun.length >= before.begun + 10 && answered > before.answered, 30_000);
      }
    } finally {
      clearInterval(clock);
      over = true;
    }
    await Promise.all(asking);
    await until(() => [...received.values()].every((events) => events.length >= last), 30_000);
    expect(failures).toEqual([]);
    for (const events of received.values()) expect(events).toEqual(range(0, last));
    await pool.close();
    for (const { socket } of sockets) socket.terminate();
  }, 120_000);
});
