import { afterEach, describe, expect, test } from '@jest/globals';
import type { GatewaySettings } from '../src/index.ts';
import { JWT_SECRET, token, until } from './support/gateway.ts';
import { documented } from './support/library.ts';
import { IDENTITY_SECRET } from './support/shop.ts';
import { type Behaviour, type FaultyGateway, serveFaulty, startFaulty } from './support/traffic.ts';

let running: FaultyGateway | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(settings: Partial<GatewaySettings> = {}): Promise<FaultyGateway> {
  running = await startFaulty(settings);
  return running;
}

const unavailable = { message: 'The service "stock" does not answer at the moment.', code: 'SERVICE_UNAVAILABLE' };
const errorsOf = (body: { errors?: { message: string; extensions: { code: string } }[] }) =>
  body.errors?.map(({ message, extensions }) => ({ message, code: extensions.code }));

describe('a subgraph that fails costs its own fields, and tells nothing of itself', () => {
  test.each<[Behaviour, { message: string; code: string }]>([
    ['reset', unavailable],
    ['halfway', unavailable],
    ['leaving', unavailable],
    ['unauthorised', unavailable],
    ['page', unavailable],
    ['hang', { message: 'The service "stock" did not answer in time.', code: 'SERVICE_TIMEOUT' }],
    ['flood', { message: 'The service "stock" answered more than the gateway takes.', code: 'ANSWER_TOO_LARGE' }],
  ])('%s', async (behaviour, error) => {
    const { stock, ask } = await start({ traffic: { timeoutMilliseconds: 1000 } });
    stock.behaviour = behaviour;
    const { status, body } = await ask('{ count price }');
    expect([status, body.data, errorsOf(body)]).toEqual([200, { count: null, price: 9 }, [error]]);
    expect(JSON.stringify(body)).not.toMatch(/10\.1\.2\.3|127\.0\.0\.1/);
    stock.behaviour = 'answer';
    expect((await ask('{ count price }')).body).toEqual({ data: { count: 3, price: 9 } });
  });

  test('one that hangs is waited for 5 s where nothing else is said', async () => {
    const { stock, ask } = await start();
    stock.behaviour = 'hang';
    const started = performance.now();
    expect(errorsOf((await ask('{ count price }')).body)).toMatchObject([{ code: 'SERVICE_TIMEOUT' }]);
    expect(performance.now() - started).toBeGreaterThan(4900);
    expect(performance.now() - started).toBeLessThan(10_000);
    await until(() => stock.counts.brokenOff === 1);
  });

  test('400 MB are cut off at 10 MB, and take no more memory than that', async () => {
    const { stock, ask } = await start();
    stock.behaviour = 'flood';
    const before = process.memoryUsage().rss;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss - before);
    }, 5);
    await ask('{ count price }');
    clearInterval(watch);
    await until(() => stock.counts.brokenOff === 1);
    // What is under way between two sockets comes on top of the 10 MB.
    expect(stock.counts.floodedBytes).toBeLessThan(40 * 1024 * 1024);
    expect(most).toBeLessThan(100 * 1024 * 1024);
  });

  test('a 400 with errors is an answer', async () => {
    const { stock, ask } = await start();
    stock.behaviour = 'refuse';
    expect(errorsOf((await ask('{ count price }')).body)).toEqual([{ message: 'no', code: 'BAD_USER_INPUT' }]);
  });
});

describe('retries', () => {
  test.each<Behaviour>(['reset', 'halfway', 'leaving'])('a query is sent again after %s', async (behaviour) => {
    const { stock, ask } = await start();
    stock.next.push(behaviour);
    expect((await ask('{ count }')).body).toEqual({ data: { count: 3 } });
    expect(stock.requests).toHaveLength(2);
  });

  test.each<[string, Behaviour, string]>([
    ['a mutation', 'reset', 'mutation { take }'],
    ['what was answered with errors', 'refuse', '{ count }'],
    ['what took too long', 'hang', '{ count }'],
  ])('%s is not', async (_name, behaviour, query) => {
    const { stock, ask } = await start({ traffic: { timeoutMilliseconds: 300, retry: { retries: 5 } } });
    stock.next.push(behaviour);
    expect((await ask(query)).body.errors).toHaveLength(1);
    expect(stock.requests).toHaveLength(1);
  });

  test('there are as many as the configuration says, for the subgraph that it names', async () => {
    const { stock, prices, ask, ...rest } = await start({ traffic: { retry: { retries: 0 } } });
    stock.behaviour = prices.behaviour = 'reset';
    await ask('{ count price }');
    expect([stock.requests.length, prices.requests.length]).toEqual([1, 1]);
    await rest.close();
    const subgraphs = { stock: { traffic: { retry: { retries: 3, backoffMilliseconds: 1 } } } };
    const more = await start({ traffic: { retry: { retries: 0 } }, subgraphs });
    more.stock.behaviour = more.prices.behaviour = 'reset';
    await more.ask('{ count price }');
    expect([more.stock.requests.length, more.prices.requests.length]).toEqual([4, 1]);
  });
});

describe('the circuit breaker', () => {
  const breaker = { failures: 3, openMilliseconds: 300 };
  const settings = { traffic: { timeoutMilliseconds: 2000, retry: { retries: 0 }, breaker } };

  test('opens after failures in a row, answers at once without a request, and closes again', async () => {
    const { stock, prices, ask } = await start(settings);
    stock.behaviour = 'reset';
    for (let failure = 0; failure < 3; failure++) await ask('{ count }');
    expect(stock.requests).toHaveLength(3);
    const opened = performance.now();
    const { body } = await ask('{ count price }');
    if (performance.now() - opened < breaker.openMilliseconds) expect(stock.requests).toHaveLength(3);
    expect([body.data, errorsOf(body)]).toEqual([{ count: null, price: 9 }, [unavailable]]);
    expect(prices.requests).toHaveLength(1);

    stock.behaviour = 'answer';
    await until(async () => (await ask('{ count }')).body.errors === undefined);
    expect((await ask('{ count }')).body).toEqual({ data: { count: 3 } });
  });

  test('tries one request from time to time, and lets nobody wait for it', async () => {
    const { stock, ask } = await start(settings);
    stock.behaviour = 'reset';
    for (let failure = 0; failure < 3; failure++) await ask('{ count }');
    const probes: Promise<unknown>[] = [];
    const tried = (times: number) =>
      until(() => {
        probes.push(ask('{ count }'));
        return stock.requests.length === 3 + times;
      });
    await tried(1);
    stock.behaviour = 'hold';
    await tried(2);
    const others = await Promise.all(Array.from({ length: 5 }, () => ask('{ count }')));
    expect(others.map(({ body }) => errorsOf(body))).toEqual(Array(5).fill([unavailable]));
    expect(stock.requests).toHaveLength(5);
    stock.release();
    await Promise.all(probes);
    stock.behaviour = 'answer';
    expect((await ask('{ count }')).body).toEqual({ data: { count: 3 } });
  });

  test.each<[string, Behaviour]>([
    ['refused requests', 'refuse'],
    ['answers that are too large', 'flood'],
  ])('stays closed over %s', async (_name, behaviour) => {
    const { stock, ask } = await start(settings);
    stock.behaviour = behaviour;
    for (let round = 0; round < 5; round++) {
      stock.counts.floodedBytes = 0;
      await ask('{ count }');
    }
    expect(stock.requests).toHaveLength(5);
  });

  test('stays closed over clients that leave', async () => {
    const { stock, ask } = await start(settings);
    stock.behaviour = 'hang';
    for (let client = 1; client <= 5; client++) {
      const controller = new AbortController();
      const asked = ask('{ count }', { signal: controller.signal });
      await until(() => stock.requests.length === client);
      controller.abort();
      await expect(asked).rejects.toThrow();
      await until(() => stock.counts.brokenOff === client);
    }
    stock.behaviour = 'answer';
    expect((await ask('{ count }')).body).toEqual({ data: { count: 3 } });
  });

  test('is left out where the configuration says so', async () => {
    const { stock, ask } = await start({ traffic: { retry: { retries: 0 }, breaker: { failures: 0 } } });
    stock.behaviour = 'reset';
    for (let failure = 0; failure < 20; failure++) await ask('{ count }');
    expect(stock.requests).toHaveLength(20);
  });

  test('lets a subgraph that was gone come back at its address', async () => {
    const { stock, ask, ...rest } = await start(settings);
    await ask('{ count }');
    await stock.close();
    for (let failure = 0; failure < 5; failure++) {
      expect(errorsOf((await ask('{ count }')).body)).toEqual([unavailable]);
    }
    const back = await serveFaulty(stock.port);
    try {
      await until(async () => (await ask('{ count }')).body.errors === undefined);
      expect(back.requests.length).toBeGreaterThan(0);
    } finally {
      await rest.close();
      running = undefined;
      await back.close();
    }
  });
});

describe('the documented configuration', () => {
  test('is used, with what one subgraph has otherwise', async () => {
    const { stock, prices, ask } = await start(await documented('traffic'));
    stock.behaviour = prices.behaviour = 'reset';
    await ask('{ count price }');
    expect([stock.requests.length, prices.requests.length]).toEqual([3, 1]);
    stock.behaviour = 'answer';
    prices.behaviour = 'hang';
    const started = performance.now();
    expect((await ask('{ count price }')).body).toMatchObject({ data: { count: 3, price: null } });
    expect(performance.now() - started).toBeGreaterThan(450);
    expect(performance.now() - started).toBeLessThan(1900);
    stock.behaviour = 'flood';
    await ask('{ count }');
    expect(stock.counts.floodedBytes).toBeLessThan(30 * 1024 * 1024);
  });
});

describe('requests', () => {
  test('share few connections, which are kept', async () => {
    const { stock, ask } = await start({ traffic: { connections: 2 } });
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask('{ count }')));
      expect(answers.map(({ body }) => body)).toEqual(Array(20).fill({ data: { count: 3 } }));
    }
    expect([stock.requests.length, stock.counts.connections]).toEqual([100, 2]);
  });

  test('identical queries are sent one by one, unless they are to share a request', async () => {
    const { stock, ask } = await start();
    stock.behaviour = 'hold';
    const asked = Array.from({ length: 10 }, () => ask('{ count }'));
    await until(() => stock.requests.length === 10);
    stock.release();
    await Promise.all(asked);
  });
});

describe('shared requests', () => {
  const settings = {
    traffic: { deduplicate: true },
    headers: { propagate: [{ name: 'authorization' }] },
  };

  test('10 identical queries are one request; another body or another header is another', async () => {
    const { stock, ask, gateway } = await start(settings);
    stock.behaviour = 'hold';
    const echo = (text: string) => ask('query ($text: String!) { echo(text: $text) }', { variables: { text } });
    const asked = [
      ...Array.from({ length: 10 }, () => ask('{ count }')),
      ...Array.from({ length: 10 }, () => ask('{ count }', { headers: { authorization: 'Bearer bob' } })),
      ...Array.from({ length: 10 }, () => echo('a')),
      ...Array.from({ length: 10 }, () => echo('b')),
    ];
    await until(() => stock.requests.length === 4);
    let passed = 0;
    const [first] = asked;
    first?.then(
      () => passed++,
      () => passed++,
    );
    stock.behaviour = 'answer';
    // The price goes the same way after all of them.
    await ask('{ price }');
    expect([stock.requests.length, passed]).toEqual([4, 0]);
    stock.release();
    const answers = await Promise.all(asked);
    expect(answers.filter(({ body }) => body.errors)).toEqual([]);
    expect(stock.requests).toHaveLength(4);
    const metrics = await (await fetch(gateway.metricsUrl)).text();
    expect(metrics).toMatch(/gateway_shared_fetches_total{subgraph="stock"[^}]*} 36\n/);
  });

  test('go by who asks, not by the token that says so', async () => {
    const { stock, ask } = await start({
      traffic: { deduplicate: true },
      jwt: { secret: JWT_SECRET },
      identity: { secret: IDENTITY_SECRET },
    });
    stock.behaviour = 'hold';
    const asked = [
      await token({ role: 'clerk' }, 100),
      await token({ role: 'clerk' }, 200),
      await token({ role: 'owner' }, 100),
    ].map((bearer) => ask('{ count }', { headers: { authorization: `Bearer ${bearer}` } }));
    await until(() => stock.requests.length === 2);
    await ask('{ price }', { headers: { authorization: `Bearer ${await token()}` } });
    expect(stock.requests).toHaveLength(2);
    stock.release();
    expect((await Promise.all(asked)).map(({ body }) => body)).toEqual(Array(3).fill({ data: { count: 3 } }));
  });

  test('mutations are never shared', async () => {
    const { stock, ask } = await start(settings);
    stock.behaviour = 'hold';
    const asked = Array.from({ length: 5 }, () => ask('mutation { take }'));
    await until(() => stock.requests.length === 5);
    stock.release();
    await Promise.all(asked);
  });

  test('a client that leaves does not disturb the others; when all have left the request is broken off', async () => {
    const { stock, ask } = await start(settings);
    stock.behaviour = 'hold';
    const clients = Array.from({ length: 3 }, () => new AbortController());
    const asked = clients.map(({ signal }) => ask('{ count }', { signal }));
    await until(() => stock.requests.length === 1);
    await ask('{ price }');
    clients[0]?.abort();
    await expect(asked[0]).rejects.toThrow();
    await ask('{ price }');
    expect(stock.counts.brokenOff).toBe(0);
    stock.release();
    expect((await Promise.all(asked.slice(1))).map(({ body }) => body)).toEqual(Array(2).fill({ data: { count: 3 } }));

    const leaving = new AbortController();
    const last = ask('{ count }', { signal: leaving.signal });
    await until(() => stock.requests.length === 2);
    leaving.abort();
    await expect(last).rejects.toThrow();
    await until(() => stock.counts.brokenOff === 1);
  });
});

describe('headers', () => {
  test('go by the rules', async () => {
    const { stock, prices, ask } = await start(await documented('headers'));
    const sent = {
      authorization: 'Bearer a',
      cookie: 'a=b',
      'x-trace-a': '1',
      'x-trace-secret': '2',
      'x-source': 'client',
      'x-request-id': 'r-1',
    };
    await ask('{ count price }', { headers: sent });
    const common = { 'x-customer': 'nobody', 'x-trace-a': '1', 'x-source': 'gateway', 'x-request-id': 'r-1' };
    expect(stock.requests[0]?.headers).toMatchObject({ ...common, authorization: 'Bearer a' });
    expect(prices.requests[0]?.headers).toMatchObject(common);
    for (const absent of ['cookie', 'x-trace-secret', 'accept-encoding', 'x-tenant']) {
      expect(stock.requests[0]?.headers).not.toHaveProperty([absent]);
    }
    expect(prices.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  test("a 401 is an answer where the client's own credentials go", async () => {
    const { stock, ask } = await start({ headers: { propagate: [{ name: 'authorization' }] } });
    stock.behaviour = 'unauthorised';
    expect(errorsOf((await ask('{ count }')).body)).toEqual([{ message: 'who?', code: 'UNAUTHENTICATED' }]);
  });
});
