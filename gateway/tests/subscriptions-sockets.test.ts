import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { JWT_SECRET, type ShopGateway, startShop, token, until } from './support/gateway.ts';
import { openRaw } from './support/raw-socket.ts';
import { shop } from './support/shop.ts';

let running: ShopGateway;
beforeAll(async () => {
  Object.assign(shop, { eventsUntil: Number.POSITIVE_INFINITY });
  running = await startShop({
    limits: { connectionInitMilliseconds: 1500 },
    subscriptions: {
      clients: { connections: 40, connectionsPerAddress: 30, idleMilliseconds: 2500, pingMilliseconds: 1500 },
    },
  });
});
afterAll(() => running.close());

const raw = (options?: Parameters<typeof openRaw>[1]) => openRaw(running.gateway.url, options);
const WAITS = 'subscription { orderChanged(count: 2, after: 1) { sequence } }';

describe('graphql-transport-ws', () => {
  test('delivers results under their ids, then complete', async () => {
    const client = await raw();
    client.subscribe('one "1"', '{ whoami }');
    await until(() => client.messages.length === 3);
    expect(client.messages).toEqual([
      { type: 'connection_ack' },
      { id: 'one "1"', type: 'next', payload: { data: { whoami: 'alice' } } },
      { id: 'one "1"', type: 'complete' },
    ]);
    client.socket.close();
  });

  test('an id can be used again once its operation is over', async () => {
    const client = await raw();
    for (const count of [1, 2, 3]) {
      client.subscribe('1', '{ whoami }');
      await until(() => client.of('1').length === count * 2);
    }
    client.socket.close();
  });

  test('answers pings with their payload, before and after it is acknowledged', async () => {
    const client = await raw({ init: false });
    client.say({ type: 'ping', payload: { at: 1 } });
    client.say({ type: 'ping' });
    client.say({ type: 'pong' });
    await until(() => client.messages.length === 2);
    expect(client.messages).toEqual([{ type: 'pong', payload: { at: 1 } }, { type: 'pong' }]);
    client.socket.close();
  });

  test.each([
    ['text that is no JSON', '{"type":', 4400],
    ['a type that there is not', { type: 'start', id: '1' }, 4400],
    ['no id', { type: 'subscribe', payload: { query: '{ whoami }' } }, 4400],
    ['an empty id', { type: 'subscribe', id: '', payload: { query: '{ whoami }' } }, 4400],
    ['no query', { type: 'subscribe', id: '1', payload: {} }, 4400],
    [
      'variables that are a list',
      { type: 'subscribe', id: '1', payload: { query: '{ whoami }', variables: [] } },
      4400,
    ],
    ['a payload that is text', { type: 'ping', payload: 'x' }, 4400],
    ['a second connection_init', { type: 'connection_init' }, 4429],
  ])('closes on %s', async (_name, message, code) => {
    const client = await raw();
    client.say(message);
    expect(await client.closed).toBe(code);
  });

  test('closes with 4401 on an operation before the acknowledgement', async () => {
    const client = await raw({ init: false });
    client.subscribe('1', '{ whoami }');
    expect(await client.closed).toBe(4401);
  });

  test('closes with 4408 on a client that does not say who it is', async () => {
    const client = await raw({ init: false });
    expect(await client.closed).toBe(4408);
  });

  test('closes with 4409 when an id is in use, and ends its operations', async () => {
    const client = await raw();
    shop.eventsUntil = 1;
    client.subscribe('1', WAITS);
    await until(() => shop.openStreams === 1);
    client.subscribe('1', WAITS);
    expect(await client.closed).toBe(4409);
    await until(() => shop.openStreams === 0);
    shop.eventsUntil = Number.POSITIVE_INFINITY;
  });

  test('closes with 4406 on another subprotocol', async () => {
    const socket = new WebSocket(`${running.gateway.url.replace('http', 'ws')}/graphql`);
    const code = await new Promise((resolve) => socket.once('close', resolve));
    expect(code).toBe(4406);
  });

  test('compresses nothing', async () => {
    const client = await raw();
    expect(client.socket.extensions).toBe('');
    client.socket.close();
  });

  test('takes the token of the handshake too', async () => {
    const socket = new WebSocket(`${running.gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { authorization: `Bearer ${await token()}` },
    });
    const message = await new Promise((resolve) => {
      socket.once('open', () => socket.send('{"type":"connection_init"}'));
      socket.once('message', (data) => resolve(String(data)));
    });
    expect(message).toBe('{"type":"connection_ack"}');
    socket.close();
  });
});

describe('the limits of a socket', () => {
  test('of 1,000 operations at a time a hundred run, and the others are told so', async () => {
    const client = await raw();
    shop.eventsUntil = 1;
    for (let index = 0; index < 1000; index++) client.subscribe(String(index), WAITS);
    await until(() => client.messages.filter(({ type }) => type === 'error').length === 900);
    expect(client.of('999')).toEqual([
      {
        id: '999',
        type: 'error',
        payload: [
          {
            message: 'There are too many operations on this socket; wait for one to end.',
            extensions: { code: 'TOO_MANY_OPERATIONS' },
          },
        ],
      },
    ]);
    client.say({ type: 'complete', id: '0' });
    client.subscribe('again', '{ whoami }');
    await until(() => client.of('again').length === 2);
    client.socket.close();
    await until(() => shop.openStreams === 0);
    shop.eventsUntil = Number.POSITIVE_INFINITY;
  });

  test('a frame of 10 MB closes it with 1009, and is not kept', async () => {
    const client = await raw();
    const before = process.memoryUsage().arrayBuffers;
    const payload = { query: '{ whoami }', variables: { x: 'x'.repeat(10 * 1024 * 1024) } };
    client.say({ type: 'subscribe', id: '1', payload });
    expect(await client.closed).toBe(1009);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 1024 * 1024);
    expect(client.messages).toEqual([{ type: 'connection_ack' }]);
  });

  test('a syntax error fails its operation alone', async () => {
    const client = await raw();
    shop.eventsUntil = 1;
    client.subscribe('good', 'subscription { orderChanged(count: 2) { sequence } }');
    await until(() => client.of('good').length === 1);
    client.subscribe('bad', 'subscription {');
    await until(() => client.of('bad').length === 1);
    expect(client.of('bad')[0]?.type).toBe('error');
    shop.eventsUntil = Number.POSITIVE_INFINITY;
    await until(() => client.of('good').length === 3);
    expect(client.of('good').map(({ type }) => type)).toEqual(['next', 'next', 'complete']);
    client.socket.close();
  });

  test('a client that asks and does not listen is not heard until it does', async () => {
    const client = await raw();
    const before = shop.entityRequests;
    shop.reviews = 'huge';
    client.socket.pause();
    const asked = 95;
    for (let index = 0; index < asked; index++) {
      client.subscribe(String(index), '{ bestProduct { reviews(first: 5) { text } } }');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    // Of 95 MB of answers no more is made than fits into the buffers on the way.
    expect(shop.entityRequests - before).toBeLessThan(asked / 2);
    client.socket.resume();
    await until(() => client.messages.filter(({ type }) => type === 'complete').length === asked);
    shop.reviews = 'well';
    client.socket.close();
  });

  test('without operations it is closed, to be opened again', async () => {
    const client = await raw();
    const start = Date.now();
    expect(await client.closed).toBe(1001);
    expect(Date.now() - start).toBeGreaterThan(2000);
  });

  test('a client that answers no ping is cut', async () => {
    shop.eventsUntil = 1;
    const port = Number(new URL(running.gateway.url).port);
    const key = 'dGhlIHNhbXBsZSBub25jZQ==';
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `GET /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
    );
    const say = (message: object) => {
      const text = Buffer.from(JSON.stringify(message));
      const head = Buffer.alloc(8);
      head.writeUInt8(0x81, 0);
      head.writeUInt8(0x80 | 126, 1);
      head.writeUInt16BE(text.length, 2);
      socket.write(Buffer.concat([head, text]));
    };
    socket.once('data', async () => {
      say({ type: 'connection_init', payload: { authorization: `Bearer ${await token()}` } });
      setTimeout(() => say({ type: 'subscribe', id: '1', payload: { query: WAITS } }), 200);
    });
    socket.on('data', () => undefined);
    await until(() => shop.openStreams === 1);
    await new Promise((resolve) => socket.once('close', resolve));
    await until(() => shop.openStreams === 0);
    shop.eventsUntil = Number.POSITIVE_INFINITY;
  });
});

test('no more connections than allowed, from one address and in all', async () => {
  const status = (error: Error) => /Unexpected server response: (\d+)/.exec(error.message)?.[1];
  const open: Awaited<ReturnType<typeof openRaw>>[] = [];
  for (let index = 0; index < 30; index++) open.push(await raw({ init: false }));
  await expect(raw({ init: false }).catch((error) => status(error))).resolves.toBe('429');
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${await token()}` };
  const stream = await fetch(`${running.gateway.url}/graphql?query={whoami}`, { headers });
  const refusal = (await stream.json()) as { errors: { extensions: { code: string } }[] };
  expect([stream.status, refusal.errors[0]?.extensions.code]).toEqual([429, 'TOO_MANY_CONNECTIONS']);
  for (const { socket } of open) socket.terminate();
  await until(async () => {
    const client = await raw({ init: false }).catch(() => undefined);
    client?.socket.terminate();
    return client !== undefined;
  });
  expect(JWT_SECRET).toBeDefined();
}, 30_000);
