import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { RunningService } from '@colloquy/service/subgraph';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { Pool } from 'undici';
import { WebSocket } from 'ws';
import { compose, JWT_SECRET, token, until } from './support/gateway.ts';
import { IDENTITY_SECRET, ORDERS, serveOrders, shop } from './support/shop.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');

interface GatewayProcess {
  child: ChildProcess;
  url: string;
  metricsUrl: string;
}

let orders: RunningService;
let folder: string;
const started: ChildProcess[] = [];
beforeAll(async () => {
  orders = await serveOrders();
  folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  await writeFile(join(folder, 'supergraph.graphql'), compose({ orders: ORDERS }));
  const config = {
    supergraph: 'supergraph.graphql',
    subgraphs: { orders: { url: `${orders.url}/graphql` } },
    routes: [{ prefix: '/uploads/', methods: ['PUT'], subgraph: 'orders' }],
  };
  await writeFile(join(folder, 'gateway.json'), JSON.stringify(config));
});
afterAll(async () => {
  await orders.close();
  await rm(folder, { recursive: true });
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function spawnGateway(args: string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  return child;
}

async function startProcess(): Promise<GatewayProcess> {
  const child = spawnGateway(['--config', join(folder, 'gateway.json'), '--port', '0'], {
    JWT_SECRET,
    JWT_ISSUER: 'shop',
    JWT_AUDIENCE: 'shop-clients',
    IDENTITY_SECRET,
  });
  for await (const line of createInterface({ input: child.stdout! })) {
    const { msg, url, metricsUrl } = JSON.parse(line);
    if (msg === 'listening') {
      child.stdout!.resume();
      return { child, url, metricsUrl };
    }
  }
  throw new Error('The gateway ended before it listened.');
}

const post = async (url: string, query: string) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await token()}` },
    body: JSON.stringify({ query }),
  });

describe('the gateway as a process', () => {
  test('takes its settings from the command line, the environment and the file', async () => {
    const { url } = await startProcess();
    expect(await (await post(url, '{ whoami }')).json()).toEqual({ data: { whoami: 'alice' } });
  });

  test.each([
    ['an option that there is not', ['--nonsense'], /Unknown option '--nonsense'/],
    ['no supergraph', [], /supergraph: /],
    ['a port that is none', ['--supergraph', 'x', '--port', 'http'], /port: /],
    ['a file that is not there', ['--config', '/nowhere.json'], /\/nowhere\.json cannot be read/],
  ])('ends with 2 and says why: %s', async (_name, args, message) => {
    const child = spawnGateway(args);
    let text = '';
    child.stderr!.on('data', (chunk) => {
      text += chunk;
    });
    const [code] = await once(child, 'close');
    expect([code, text]).toEqual([2, expect.stringMatching(message)]);
  });

  test('--help tells how it is used', async () => {
    const child = spawnGateway(['--help']);
    const [text] = await once(child.stdout!, 'data');
    expect(String(text)).toContain('--supergraph FILE');
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
  });

  test('an upload of 300 MiB does not make it grow', async () => {
    const { url, metricsUrl } = await startProcess();
    await post(url, '{ whoami }');
    const resident = async () => {
      const text = await (await fetch(metricsUrl)).text();
      return Number(/^process_resident_memory_bytes\{[^}]*\} (\S+)/m.exec(text)?.[1]);
    };
    const before = await resident();
    let most = before;
    async function* body() {
      const chunk = Buffer.alloc(1024 * 1024, 'x');
      for (let sent = 0; sent < 300; sent++) {
        if (sent % 20 === 0) most = Math.max(most, await resident());
        yield chunk;
      }
    }
    const headers = { authorization: `Bearer ${await token()}` };
    const init = { method: 'PUT', headers, body: body() as never, duplex: 'half' } as RequestInit;
    const response = await fetch(`${url}/uploads/a`, init);
    expect(await response.json()).toEqual({ size: 300 * 1024 * 1024 });
    // How much garbage stands at a moment is the collector's choice; holding the body would show as all of it.
    expect((most - before) / 1024 / 1024).toBeLessThan(200);
  });

  test('SIGTERM loses no request of clients that keep their connections', async () => {
    const { child, url } = await startProcess();
    const pool = new Pool(url, { connections: 10, pipelining: 1 });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await token()}` };
    const failures: unknown[] = [];
    let answered = 0;
    async function askOn(): Promise<void> {
      while (child.exitCode === null) {
        try {
          const answer = await pool.request({
            path: '/graphql',
            method: 'POST',
            headers,
            body: '{"query":"{ whoami }"}',
          });
          expect(await answer.body.json()).toEqual({ data: { whoami: 'alice' } });
          answered++;
        } catch (error) {
          // A refused connection tells the client at once that it has to go elsewhere.
          if ((error as { code?: string }).code === 'ECONNREFUSED') return;
          failures.push(error);
        }
      }
    }
    const asking = Array.from({ length: 10 }, askOn);
    await until(() => answered > 50);
    child.kill('SIGTERM');
    await Promise.all(asking);
    expect(failures).toEqual([]);
    await pool.destroy();
  });

  test('SIGTERM: not ready, requests finish, sockets close with 1001, and it ends with 0 within 10 s', async () => {
    const { child, url } = await startProcess();
    shop.eventsUntil = 1;
    const codes: number[] = [];
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${await token()}` },
      on: { closed: (event) => codes.push((event as { code: number }).code) },
    });
    const events = client.iterate({ query: 'subscription { orderChanged(count: 2) { sequence } }' });
    await events.next();
    shop.release = () => {};
    const idle = shop.release;
    const slow = post(url, '{ slow }');
    await until(() => shop.release !== idle);
    const start = Date.now();
    child.kill('SIGTERM');
    await until(async () => (await fetch(`${url}/health/ready`)).status === 503);
    expect((await post(url, '{ whoami }')).status).toBe(200);
    await expect(events.next()).rejects.toBeDefined();
    expect(codes).toEqual([1001]);
    const [refused] = await once(connect(Number(new URL(url).port), '127.0.0.1'), 'error').catch((error) => [error]);
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
    shop.release();
    expect(await (await slow).json()).toEqual({ data: { slow: 'done' } });
    const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
    expect(code).toBe(0);
    expect(Date.now() - start).toBeLessThan(10_000);
    shop.eventsUntil = Number.POSITIVE_INFINITY;
  });
});
