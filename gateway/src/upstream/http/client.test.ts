import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createHttpClient, type HttpClient } from './client.ts';

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
const cleanUp: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

/** A server of raw sockets; `serve` gets each of them with its number. */
async function listen(
  serve: (socket: Socket, number: number) => void,
): Promise<{ url: URL; server: Server; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    serve(socket, ++count);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  cleanUp.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql?a=b`), server, sockets };
}

function clientOf(url: URL, options: Partial<Parameters<typeof createHttpClient>[1]> = {}): HttpClient {
  const client = createHttpClient(url, { connections: 2, maxBodyBytes: 1000, ...options });
  cleanUp.push(() => client.close());
  return client;
}

const post = (
  client: HttpClient,
  limits: { milliseconds?: number; signal?: AbortSignal } = {},
  headers = {},
  body = '{}',
) =>
  client.post(body, headers, { milliseconds: limits.milliseconds ?? 5000, signal: limits.signal }, (answer) => answer);

describe('the HTTP client', () => {
  test('sends what a server of Node understands, and reads what it answers', async () => {
    const requests: unknown[] = [];
    const server = createHttpServer(async (request, response) => {
      let body = '';
      for await (const piece of request.setEncoding('utf8')) body += piece;
      const { host, ...headers } = request.headers;
      requests.push({ method: request.method, url: request.url, headers, body });
      if (body === '"chunked"') response.write('é'.repeat(100));
      response.end('né');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    cleanUp.push(() => server.close());
    const client = clientOf(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql?a=b`));
    expect(await post(client, {}, { 'x-name': 'caf\xe9' }, '"é"')).toEqual({ status: 200, text: 'né', ascii: false });
    expect(await post(client, {}, {}, '"chunked"')).toEqual({
      status: 200,
      text: `${'é'.repeat(100)}né`,
      ascii: false,
    });
    const common = {
      accept: 'application/graphql-response+json, application/json',
      connection: 'keep-alive',
      'content-type': 'application/json',
    };
    expect(requests).toEqual([
      {
        method: 'POST',
        url: '/graphql?a=b',
        headers: { ...common, 'content-length': '4', 'x-name': 'caf\xe9' },
        body: '"é"',
      },
      { method: 'POST', url: '/graphql?a=b', headers: { ...common, 'content-length': '9' }, body: '"chunked"' },
    ]);
  });

  test('uses connections again, opens no more than it may, and lets the rest wait', async () => {
    let open = 0;
    const { url } = await listen((socket, number) => {
      open = number;
      socket.on('data', () => setImmediate(() => socket.write(ANSWER)));
    });
    const client = clientOf(url);
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(client)));
    expect([new Set(answers.map(({ text }) => text)), open]).toEqual([new Set(['ok']), 2]);
  });

  test('does not use a connection again after an answer that was longer than it said', async () => {
    let open = 0;
    const { url } = await listen((socket, number) => {
      open = number;
      socket.on('data', () => socket.write(`${ANSWER}HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged`));
    });
    const client = clientOf(url);
    expect([await post(client), await post(client), open]).toEqual([
      { status: 200, text: 'ok', ascii: true },
      { status: 200, text: 'ok', ascii: true },
      2,
    ]);
  });

  test('closes a connection that speaks without being asked', async () => {
    const { url, sockets } = await listen((socket) => socket.on('data', () => socket.write(ANSWER)));
    const client = clientOf(url);
    await post(client);
    const [socket] = sockets;
    socket?.write(ANSWER);
    if (socket) await once(socket, 'close');
    expect(await post(client)).toEqual({ status: 200, text: 'ok', ascii: true });
  });

  test('has a time limit that counts the wait for a connection', async () => {
    const { url, sockets } = await listen((socket) => socket.resume());
    const client = clientOf(url, { connections: 1 });
    const started = performance.now();
    const both = await Promise.allSettled([post(client, { milliseconds: 100 }), post(client, { milliseconds: 100 })]);
    expect(both).toEqual(Array(2).fill({ status: 'rejected', reason: expect.objectContaining({ code: 'timeout' }) }));
    expect(performance.now() - started).toBeLessThan(2000);
    while (sockets.size > 0) await new Promise(setImmediate);
  });

  test('breaks off when whoever asked leaves: under way, waiting, and before it began', async () => {
    const { url, sockets } = await listen(() => undefined);
    const client = clientOf(url, { connections: 1 });
    const [first, second] = [new AbortController(), new AbortController()];
    const asked = [post(client, { signal: first.signal }), post(client, { signal: second.signal })];
    while (sockets.size === 0) await new Promise(setImmediate);
    second.abort();
    first.abort();
    asked.push(post(client, { signal: first.signal }));
    for (const result of await Promise.allSettled(asked)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'aborted' } });
    }
  });

  test.each<[string, string, (socket: Socket) => void]>([
    ['resets', 'connection', (socket) => socket.on('data', () => socket.resetAndDestroy())],
    ['closes', 'connection', (socket) => socket.on('data', () => socket.end())],
    ['closes halfway', 'connection', (socket) => socket.on('data', () => socket.end(ANSWER.slice(0, -1)))],
    ['speaks another protocol', 'protocol', (socket) => socket.on('data', () => socket.write('220 mail\r\n\r\n'))],
    [
      'sends too much',
      'too_large',
      (socket) => socket.on('data', () => socket.write(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(2000)}`)),
    ],
  ])('says what happened when the server %s', async (_name, code, serve) => {
    const { url } = await listen(serve);
    await expect(post(clientOf(url))).rejects.toMatchObject({ name: 'ExchangeError', code });
  });

  test('says so when nobody listens, and for all who wait', async () => {
    const { url, server } = await listen(() => undefined);
    server.close();
    const client = clientOf(url, { connections: 1 });
    for (const result of await Promise.allSettled([post(client), post(client), post(client)])) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'connection' } });
    }
  });

  test('refuses a header that would end the head', async () => {
    const client = clientOf(new URL('http://127.0.0.1:1/'));
    await expect(post(client, {}, { a: 'b\r\nx-forged: c' })).rejects.toThrow(TypeError);
  });

  test('closes when what is under way and what waits is answered', async () => {
    const held: Socket[] = [];
    const { url, sockets } = await listen((socket) => socket.on('data', () => held.push(socket)));
    const client = clientOf(url, { connections: 1 });
    const asked = [post(client), post(client)];
    while (held.length < 1) await new Promise(setImmediate);
    const closed = client.close();
    await expect(post(client)).rejects.toMatchObject({ code: 'connection' });
    held[0]?.write(ANSWER);
    while (held.length < 2) await new Promise(setImmediate);
    held[1]?.write(ANSWER);
    expect(await Promise.all(asked)).toHaveLength(2);
    await closed;
    while (sockets.size > 0) await new Promise(setImmediate);
  });
});
