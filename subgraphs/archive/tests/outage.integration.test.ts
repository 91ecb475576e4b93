import { inTenant, stageStep, takeStage } from '@colloquy/database';
import { toId } from '@colloquy/domain';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '../../../tests/support/wait.ts';
import { claims, startArchive, type TestArchive } from './support/archive.ts';
import { openFeed } from './support/feed.ts';
import { type Seeded, seed } from './support/seed.ts';
import { announce, put, storedFiles } from './support/upload.ts';
import { openWire, type Wire } from './support/wire.ts';

let archive: TestArchive;
let stored: Seeded;
let postgres: Wire;
let redis: Wire;
const who = claims('outage');

beforeAll(async () => {
  postgres = await openWire();
  redis = await openWire();
  archive = await startArchive({ postgresUrl: (url) => postgres.through(url), redisUrl: (url) => redis.through(url) });
  stored = await seed(archive.database, { tenant: 'outage', conversations: 2, messagesEach: 2, itemsEach: 1 });
}, 30_000);
afterAll(async () => {
  await archive.close();
  await postgres.close();
  await redis.close();
});

const readiness = async () => {
  const response = await fetch(`${archive.url}/health/ready`);
  const { parts } = (await response.json()) as { parts: { name: string; state: string }[] };
  return { status: response.status, parts };
};
const stateOf = async (name: string) => (await readiness()).parts.find((part) => part.name === name)?.state;

describe('while PostgreSQL is away', () => {
  test('every field says which store does not answer, uploads are 503, and all comes back with it', async () => {
    const query = '{ items { edges { node { title conversation { title } } } } viewer { tenant } }';
    expect((await archive.ask(who, query)).errors).toBeUndefined();
    const { uploadUrl } = await announce(archive, who, { byteSize: 5 });

    postgres.cut();
    const { data, errors } = await archive.ask(who, query);
    expect(data).toMatchObject({ items: null });
    expect(errors?.[0]).toMatchObject({
      path: ['items'],
      extensions: { code: 'STORE_UNAVAILABLE', store: 'postgres' },
    });
    const mutation = `mutation { rateItem(input: { itemId: "${toId('item', stored.itemIds[0]!)}", rating: 1, feedbackType: "x" }) { __typename } }`;
    expect((await archive.ask(who, mutation)).errors?.[0]?.extensions).toEqual({
      code: 'STORE_UNAVAILABLE',
      store: 'postgres',
    });
    expect(await put(archive, who, uploadUrl, 'bytes')).toMatchObject({
      status: 503,
      body: { code: 'STORE_UNAVAILABLE' },
    });
    expect(await storedFiles(archive)).toEqual([]);
    expect(await readiness()).toMatchObject({ status: 503, parts: [{ name: 'postgres', state: 'failed' }, {}, {}] });

    postgres.mend();
    await until('PostgreSQL to answer again', 10_000, async () =>
      (await archive.ask(who, query)).errors ? null : true,
    );
    expect((await readiness()).status).toBe(200);
    expect((await put(archive, who, uploadUrl, 'bytes')).status).toBe(201);
  });

  test('a feed ends with STORE_UNAVAILABLE and is resumed by its cursor', async () => {
    const sessionId = toId('session', stored.sessionId);
    const lease = (await takeStage(archive.database, stored.scope.tenantId, stored.sessionId, 'PARSE'))!;
    await stageStep(archive.database, lease, async () => ({ done: 1, total: 2 }));
    const feed = await openFeed(archive, who, { sessionId });
    await feed.seen(1);
    postgres.cut();
    expect(await feed.ended).toMatchObject([{ extensions: { code: 'STORE_UNAVAILABLE', store: 'postgres' } }]);
    await stageStep(archive.database, lease, async () => ({ done: 2, total: 2 }));
    postgres.mend();
    const resumed = await openFeed(archive, who, { sessionId, after: feed.events[0]?.cursor });
    await resumed.seen(1);
    expect(resumed.events.map(({ sequence }) => sequence)).toEqual([2]);
    resumed.cut();
  });
});

describe('while Redis is away', () => {
  test('the service is degraded and ready; feeds and mutations go on', async () => {
    await until('Redis to be healthy', 5_000, async () => ((await stateOf('redis')) === 'healthy' ? true : null));
    redis.cut();
    await until('the loss to be seen', 5_000, async () => ((await stateOf('redis')) === 'degraded' ? true : null));
    expect((await readiness()).status).toBe(200);

    const feed = await openFeed(archive, who, { sessionId: toId('session', stored.sessionId) });
    const cancel = `mutation { cancelExtraction(input: { sessionId: "${toId('session', stored.sessionId)}" }) { __typename } }`;
    expect((await archive.ask(who, cancel)).data.cancelExtraction.__typename).toBe('CancelExtractionPayload');
    expect(await feed.ended).toBeNull();
    expect(feed.events.at(-1)?.status).toBe('CANCELLED');
    redis.mend();
    await until('Redis to be healthy again', 10_000, async () =>
      (await stateOf('redis')) === 'healthy' ? true : null,
    );
  });
});

test('a transaction that breaks off is thrown away whole', async () => {
  const broken = inTenant(archive.database, stored.scope, async (client) => {
    await client.query(`UPDATE intelligence.conversations SET title = 'changed'`);
    throw new Error('broken off');
  });
  await expect(broken).rejects.toThrow('broken off');
  const { data } = await archive.ask(who, '{ conversations(filter: { titleContains: "changed" }) { totalCount } }');
  expect(data.conversations.totalCount).toBe(0);
});
