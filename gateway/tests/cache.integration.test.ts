import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { testStores } from '../../tests/support/stores.ts';
import { until } from './support/gateway.ts';
import { closeLibraries, type Library, type LibraryBranches, openBranches, startLibrary } from './support/library.ts';
import { openRelay, type Relay } from './support/relay.ts';

const SECRET = 'what those who change books know of';
const PREFIX = `gateway-cache-test-${process.pid}:`;
const BOOKS = '{ books { id title } }';

let branches: LibraryBranches;
let relay: Relay;
let one: Library;
let other: Library;
beforeAll(async () => {
  branches = await openBranches();
  relay = await openRelay(testStores().redis.url);
  const settings = {
    redis: { url: relay.url, prefix: PREFIX },
    cache: { enabled: true, store: 'redis' as const, invalidation: { secret: SECRET } },
  };
  [one, other] = await Promise.all([startLibrary(settings, branches), startLibrary(settings, branches)]);
});
afterAll(async () => {
  await closeLibraries();
  await branches.close();
  await relay.close();
  const redis = new Redis(testStores().redis.url);
  const keys = await redis.keys(`${PREFIX}*`);
  if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
});

/** Whether the gateway has a kept answer; it may be on its way to Redis still. */
const hasKept = async (library: Library) => (await library.ask(BOOKS)).headers.get('age') !== null;

test('gateways with one Redis share answers and invalidations', async () => {
  await until(() => hasKept(one));
  const asked = branches.asked.length;
  expect(await hasKept(other)).toBe(true);
  expect(branches.asked.length).toBe(asked);

  branches.stock.titles = { 1: 'New' };
  const { status, body } = await other.invalidate({ entries: [{ type: 'Book', id: '1' }] }, SECRET);
  expect([status, body]).toEqual([200, { invalidated: 1 }]);
  expect((await one.ask(BOOKS)).body.data.books[0].title).toBe('New');
});

test.each(['hang', 'cut'] as const)(
  'while Redis is away (%s) every query is answered, and none is kept',
  async (how) => {
    await until(() => hasKept(one));
    const outages = () => one.logged.filter(({ msg }) => String(msg).startsWith('Redis does not answer')).length;
    const before = outages();
    relay[how]();
    for (let times = 0; times < 20; times++) {
      const { body, headers } = await one.ask(BOOKS);
      expect(body.errors).toBeUndefined();
      expect(body.data.books).toHaveLength(2);
      expect([headers.get('cache-control'), headers.get('age')]).toEqual(['max-age=60, private', null]);
    }
    expect(outages()).toBe(before + 1);
    expect(await one.metric(/gateway_redis_missed_commands_total\{[^}]*\} (\d+)/)).toBeGreaterThanOrEqual(20);
    const refused = await one.invalidate({ entries: [{ type: 'Book' }] }, SECRET);
    expect([refused.status, refused.body.errors[0].extensions.code]).toEqual([503, 'STORE_UNAVAILABLE']);
    relay.restore();
    await until(() => hasKept(one));
    expect((await one.invalidate({ entries: [{ type: 'Book' }] }, SECRET)).status).toBe(200);
  },
);

test('a gateway that is to use Redis and is told of none does not start', async () => {
  await expect(startLibrary({ cache: { enabled: true, store: 'redis' } }, branches)).rejects.toThrow(/redis: expected/);
});

test('one that cannot reach it starts, and answers', async () => {
  const alone = await startLibrary(
    { redis: { url: 'redis://127.0.0.1:1' }, cache: { enabled: true, store: 'redis' } },
    branches,
  );
  expect((await alone.ask(BOOKS)).body.data.books).toHaveLength(2);
});
