import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { testStores } from '../../tests/support/stores.ts';
import { until } from './support/gateway.ts';
import { closeLibraries, type Library, type LibraryBranches, openBranches, startLibrary } from './support/library.ts';
import { openRelay, type Relay } from './support/relay.ts';

const PREFIX = `gateway-persisted-test-${process.pid}:`;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hashOf = (query: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: sha256(query) } } });

let branches: LibraryBranches;
let relay: Relay;
let redis: Redis;
let one: Library;
let other: Library;
beforeAll(async () => {
  branches = await openBranches();
  redis = new Redis(testStores().redis.url);
  relay = await openRelay(testStores().redis.url);
  const settings = { redis: { url: relay.url, prefix: PREFIX }, persisted: { store: 'redis' as const } };
  [one, other] = await Promise.all([startLibrary(settings, branches), startLibrary(settings, branches)]);
});
afterAll(async () => {
  await closeLibraries();
  await branches.close();
  await relay.close();
  const keys = await redis.keys(`${PREFIX}*`);
  if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
});

const outcome = async (library: Library, body: Record<string, unknown>) => {
  const answer = await library.ask(body);
  return answer.body.errors?.[0].extensions.code ?? 'run';
};

test('a text that one gateway learnt is known to the others', async () => {
  let query = '{ books { title } }';
  expect(await outcome(other, hashOf(query))).toBe('PERSISTED_QUERY_NOT_FOUND');
  // A text that is learnt before the connection to Redis stands does not reach it, so each attempt has another.
  await until(async () => {
    query += ' ';
    expect(await outcome(one, { query, ...hashOf(query) })).toBe('run');
    return (await outcome(other, hashOf(query))) === 'run';
  });
  expect(await redis.ttl(`${PREFIX}persisted:entry:${sha256(query)}`)).toBeGreaterThan(2_500_000);
});

test('a text in Redis that has another hash is not run', async () => {
  const query = '{ opened }';
  await redis.set(`${PREFIX}persisted:entry:${sha256(query)}`, 'mutation { rename(id: "1", title: "x") { id } }');
  expect(await outcome(one, hashOf(query))).toBe('PERSISTED_QUERY_NOT_FOUND');
});

test('while Redis is away a text is known to those that used it, and can be registered', async () => {
  const [known, later] = ['{ brief }', '{ language }'];
  await until(async () => {
    await outcome(one, { query: known, ...hashOf(known) });
    return (await redis.exists(`${PREFIX}persisted:entry:${sha256(known)}`)) === 1;
  });
  relay.cut();
  expect(await outcome(one, hashOf(known))).toBe('run');
  expect(await outcome(other, hashOf(known))).toBe('PERSISTED_QUERY_NOT_FOUND');
  expect(await outcome(one, { query: later, ...hashOf(later) })).toBe('run');
  expect(await outcome(one, hashOf(later))).toBe('run');
  relay.restore();
  await until(async () => (await outcome(other, hashOf(known))) === 'run');
});
