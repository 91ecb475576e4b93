import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ShopGateway, startShop, token, until } from './support/gateway.ts';
import { shop } from './support/shop.ts';

let running: ShopGateway;
let authorization: string;
beforeAll(async () => {
  running = await startShop();
  authorization = `Bearer ${await token()}`;
});
afterAll(() => running.close());
beforeEach(() => {
  Object.assign(shop, { uploadedBytes: 0, uploadsCutOff: 0 });
});

const MEBIBYTE = 1024 * 1024;

async function* megabytes(count: number, before?: (sent: number) => Promise<void> | void) {
  const chunk = Buffer.alloc(MEBIBYTE, 'x');
  for (let sent = 0; sent < count; sent++) {
    await before?.(sent);
    yield chunk;
  }
}

async function put(body: AsyncIterable<Buffer> | string, path = '/uploads/a', headers: Record<string, string> = {}) {
  const response = await fetch(`${running.gateway.url}${path}`, {
    method: 'PUT',
    headers: { authorization, ...headers },
    body: body as never,
    duplex: 'half',
  } as RequestInit);
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as { size?: number; errors?: { extensions: { code: string } }[] },
  };
}

describe('an upload', () => {
  test('arrives, and the subgraph answers with its own status, headers and body', async () => {
    const { status, headers, body } = await put('x'.repeat(1000));
    expect([status, headers.get('x-stored-by'), body]).toEqual([201, 'alice', { size: 1000 }]);
  });

  test('is read no faster than the subgraph takes it', async () => {
    let release = () => {};
    shop.uploadHold = new Promise((resolve) => {
      release = resolve;
    });
    let sent = 0;
    const done = put(
      megabytes(100, (count) => {
        sent = count;
      }),
    );
    let before = -1;
    // What is under way fills the buffers of the sockets, and no more.
    await until(async () => {
      const still = sent > 0 && sent === before;
      before = sent;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return still && sent === before;
    });
    expect(sent).toBeLessThan(90);
    release();
    expect((await done).body).toEqual({ size: 100 * MEBIBYTE });
  }, 30_000);

  test('that the client breaks off breaks off at the subgraph', async () => {
    const controller = new AbortController();
    const sent = fetch(`${running.gateway.url}/uploads/a`, {
      method: 'PUT',
      headers: { authorization },
      body: megabytes(100, async (count) => {
        if (count < 3) return;
        await until(() => shop.uploadedBytes >= MEBIBYTE);
        controller.abort();
      }) as never,
      duplex: 'half',
      signal: controller.signal,
    } as RequestInit);
    await expect(sent).rejects.toThrow('aborted');
    await until(() => shop.uploadsCutOff === 1);
  });

  test('that is refused early is answered while the client still sends', async () => {
    const upload = httpRequest(`${running.gateway.url}/uploads/a?limit=100000`, {
      method: 'PUT',
      headers: { authorization },
    });
    upload.on('error', () => undefined);
    const chunk = Buffer.alloc(64 * 1024);
    const timer = setInterval(() => upload.write(chunk), 5);
    const [response] = await once(upload, 'response');
    clearInterval(timer);
    expect(response.statusCode).toBe(413);
    const body = [];
    for await (const part of response) body.push(part);
    expect(JSON.parse(Buffer.concat(body).toString())).toHaveProperty('size');
    expect(shop.uploadedBytes).toBeLessThan(MEBIBYTE);
    upload.destroy();
  });

  test('needs a token, a method of its route, and a route', async () => {
    expect((await put('x', '/uploads/a', { authorization: 'Bearer nonsense' })).status).toBe(401);
    expect(shop.uploadedBytes).toBe(0);
    const post = await fetch(`${running.gateway.url}/uploads/a`, {
      method: 'POST',
      headers: { authorization },
      body: 'x',
    });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'PUT']);
    expect((await put('x', '/elsewhere/a')).status).toBe(404);
  });

  test('cannot bring an identity of its own', async () => {
    const { headers } = await put('x', '/uploads/a', { 'x-colloquy-identity': 'forged' });
    expect(headers.get('x-stored-by')).toBe('alice');
  });
});

test('a subgraph that is gone is answered for: 503', async () => {
  await running.orders.close();
  const { status, body } = await put('x'.repeat(10));
  expect(status).toBe(503);
  expect(body.errors?.[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE');
  expect(JSON.stringify(body)).not.toContain('127.0.0.1');
});
