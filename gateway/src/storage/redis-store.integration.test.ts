import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { testStores } from '../../../tests/support/stores.ts';
import { openRelay, type Relay } from '../../tests/support/relay.ts';
import { openRedis, type RedisLink } from './redis-link.ts';
import { createRedisStore } from './redis-store.ts';
import type { Mark, Store } from './store.ts';

const PREFIX = `gateway-test-${process.pid}:`;
const KEPT = { ttlSeconds: 60 };

let direct: Redis;
let relay: Relay;
let link: RedisLink;
let store: Store;
let missed = 0;
let logged: { msg: string; level: number }[] = [];

beforeAll(async () => {
  direct = new Redis(testStores().redis.url);
  relay = await openRelay(testStores().redis.url);
});
beforeEach(async () => {
  missed = 0;
  logged = [];
  link = openRedis(
    { url: relay.url, timeoutMilliseconds: 200, prefix: PREFIX },
    {
      log: pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) }),
      onMiss: () => missed++,
    },
  );
  store = createRedisStore(link, PREFIX);
  await eventually(async () => (await store.mark()) !== undefined);
  missed = 0;
});
afterEach(async () => {
  relay.restore();
  link.close();
  const keys = await direct.keys(`${PREFIX}*`);
  if (keys.length > 0) await direct.del(keys);
});
afterAll(async () => {
  await relay.close();
  direct.disconnect();
});

async function eventually(condition: () => Promise<boolean>): Promise<void> {
  const limit = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error('The condition never came true.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
const now = async () => (await store.mark()) as Mark;
/** Commands of one connection are done in their order, so what was set before is there, or never will be. */
const get = async (key: string) => store.get(key);

describe('the store in Redis', () => {
  test('keeps text for its time', async () => {
    store.set('a', 'text\nwith "all" kinds of 💡', KEPT);
    store.set('b', 'brief', { ttlSeconds: 0.05 });
    expect(await get('a')).toBe('text\nwith "all" kinds of 💡');
    expect(await direct.pttl(`${PREFIX}entry:a`)).toBeGreaterThan(50_000);
    await eventually(async () => (await get('b')) === undefined);
  });

  test('invalidates by tag, counting each entry once', async () => {
    store.set('a', '1', { ...KEPT, tags: ['Product', 'Product:1'] });
    store.set('b', '2', { ...KEPT, tags: ['Product', 'Product:2'] });
    store.set('c', '3', { ...KEPT, tags: ['Order'] });
    expect(await store.invalidate(['Product:1', 'Product:9'])).toBe(1);
    expect(await store.invalidate(['Product', 'Product:2'])).toBe(1);
    expect([await get('a'), await get('b'), await get('c')]).toEqual([undefined, undefined, '3']);
  });

  test('does not keep what was read before an invalidation of it', async () => {
    const since = await now();
    await store.invalidate(['Product']);
    store.set('late', 'stale', { ...KEPT, tags: ['Product'], since });
    store.set('other', 'good', { ...KEPT, tags: ['Order'], since });
    store.set('fresh', 'good', { ...KEPT, tags: ['Product'], since: await now() });
    expect([await get('late'), await get('other'), await get('fresh')]).toEqual([undefined, 'good', 'good']);
  });

  test('a tag forgets entries that have run out, and runs out with the last of them', async () => {
    for (let index = 0; index < 50; index++) store.set(`short ${index}`, 'x', { ttlSeconds: 0.05, tags: ['T'] });
    await eventually(async () => (await get('short 49')) === undefined);
    store.set('long', 'x', { ...KEPT, tags: ['T'] });
    expect(await get('long')).toBe('x');
    expect(await direct.zcard(`${PREFIX}tag:T`)).toBe(1);
    store.set('short', 'x', { ttlSeconds: 1, tags: ['T'] });
    await get('short');
    const ttl = await direct.pttl(`${PREFIX}tag:T`);
    expect(ttl).toBeGreaterThan(50_000);
    expect(ttl).toBeLessThanOrEqual(60_000);
  });
});

describe('a Redis that is away', () => {
  const messages = () => logged.map(({ msg }) => msg);

  test('and hangs is an empty store, is waited for once, and is back when it is back', async () => {
    store.set('a', '1', KEPT);
    expect(await get('a')).toBe('1');
    relay.hang();
    const begun = Date.now();
    expect(await get('a')).toBeUndefined();
    expect(Date.now() - begun).toBeLessThan(2000);
    for (let times = 0; times < 100; times++) expect(await get('a')).toBeUndefined();
    expect(Date.now() - begun).toBeLessThan(3000);
    expect(missed).toBeGreaterThanOrEqual(100);
    expect(messages()).toEqual(['Redis does not answer; what it holds is missing until it does']);
    relay.restore();
    await eventually(async () => (await get('a')) === '1');
    expect(messages()).toEqual([
      'Redis does not answer; what it holds is missing until it does',
      'Redis answers again',
    ]);
  });

  test('and gone is one, too; an invalidation then fails', async () => {
    store.set('a', '1', { ...KEPT, tags: ['T'] });
    expect(await get('a')).toBe('1');
    relay.cut();
    expect(await get('a')).toBeUndefined();
    expect(await store.mark()).toBeUndefined();
    await expect(store.invalidate(['T'])).rejects.toMatchObject({ extensions: { code: 'STORE_UNAVAILABLE' } });
    relay.restore();
    await eventually(async () => (await get('a')) === '1');
    expect(messages()).toHaveLength(2);
    expect(await store.invalidate(['T'])).toBe(1);
  });

  test('one that refuses a command is not away', async () => {
    await direct.set(`${PREFIX}tag:odd`, 'no sorted set');
    store.set('a', '1', { ...KEPT, tags: ['odd'] });
    store.set('b', '2', KEPT);
    expect(await get('b')).toBe('2');
    expect(messages()).toEqual(['Redis refuses a command']);
  });
});
