import {
  type Bell,
  cancelSession,
  failSession,
  inTenant,
  openBell,
  type StageStep,
  stageStep,
  startSession,
  takeStage,
} from '@colloquy/database';
import { mintUuid, toId, WORK_STAGES, type WorkStage } from '@colloquy/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { testStores } from '../../../tests/support/stores.ts';
import { claims, startArchive, type TestArchive } from './support/archive.ts';
import { openFeed } from './support/feed.ts';
import { type Seeded, seed } from './support/seed.ts';

let archive: TestArchive;
let bell: Bell;
let stored: Seeded;
let sessionId: string;
let number = 0;
const who = () => claims(stored.viewer.tenant, 'READ_ONLY');

beforeAll(async () => {
  archive = await startArchive();
  bell = openBell(testStores().redis.url, () => undefined);
}, 30_000);
afterAll(async () => {
  bell.close();
  await archive.close();
});
beforeEach(async () => {
  number += 1;
  stored = await seed(archive.database, { tenant: `feed-${number}`, conversations: 1, messagesEach: 2, itemsEach: 6 });
  sessionId = toId('session', stored.sessionId);
});

/** One step of a stage, as the worker makes it. */
async function step(stage: WorkStage, work: StageStep): Promise<void> {
  const lease = await takeStage(archive.database, stored.scope.tenantId, stored.sessionId, stage);
  if (!lease) throw new Error(`Stage ${stage} cannot be taken.`);
  await stageStep(archive.database, lease, async () => work);
  bell.ring(stored.sessionId);
}

/** The steps of a whole extraction: 11 events, the items announced one by one. */
async function* extraction(): AsyncGenerator<void> {
  for (const [index, itemId] of stored.itemIds.entries()) {
    if (index === 0) yield step('PARSE', { done: 1, total: 1, finished: true });
    yield step('EXTRACT', { done: index + 1, total: 6, newItemIds: [itemId] });
  }
  yield step('EXTRACT', { done: 6, total: 6, finished: true });
  for (const stage of WORK_STAGES.slice(2)) yield step(stage, { done: 1, total: 1, finished: true });
}
async function finish(steps: AsyncGenerator<void>): Promise<void> {
  for await (const _ of steps);
}

describe('the progress feed', () => {
  test('gives every event in order, with the items stored since, and completes', async () => {
    const feed = await openFeed(archive, who(), { sessionId });
    await finish(extraction());
    expect(await feed.ended).toBeNull();
    expect(feed.events.map(({ sequence }) => sequence)).toEqual(feed.events.map((_, index) => index + 1));
    expect(feed.events.flatMap(({ newItems }) => newItems.map(({ id }) => id))).toEqual(
      stored.itemIds.map((id) => toId('item', id)),
    );
    expect(feed.events.every(({ newItems }) => newItems.every(({ title }) => title.startsWith('Use PostgreSQL')))).toBe(
      true,
    );
    expect(feed.events.at(-1)).toMatchObject({
      status: 'COMPLETED',
      stage: 'DONE',
      fraction: 1,
      session: { id: sessionId, status: 'COMPLETED' },
    });
    const fractions = feed.events.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  });

  test('resumed by cursor wherever it was cut, gives every event once', async () => {
    const steps = extraction();
    const sequences: number[] = [];
    let after: string | undefined;
    for (let seen = 1; seen <= 5; seen += 1) {
      const feed = await openFeed(archive, who(), { sessionId, after });
      await steps.next();
      await steps.next();
      await feed.seen(1);
      feed.cut();
      await expect(feed.ended).rejects.toThrow('closed');
      // What the client had read when the socket went is what it goes on from.
      sequences.push(...feed.events.map(({ sequence }) => sequence));
      after = feed.events.at(-1)?.cursor;
    }
    const last = await openFeed(archive, who(), { sessionId, after });
    await finish(steps);
    expect(await last.ended).toBeNull();
    sequences.push(...last.events.map(({ sequence }) => sequence));
    expect(sequences).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
  });

  test('of a session that has ended replays and completes; at its end it completes at once', async () => {
    await finish(extraction());
    const replay = await openFeed(archive, who(), { sessionId });
    expect(await replay.ended).toBeNull();
    expect(replay.events).toHaveLength(11);
    const nothing = await openFeed(archive, who(), { sessionId, after: replay.events.at(-1)?.cursor });
    expect(await nothing.ended).toBeNull();
    expect(nothing.events).toEqual([]);
  });

  test('completes after CANCELLED', async () => {
    const feed = await openFeed(archive, who(), { sessionId });
    await step('PARSE', { done: 1, total: 2 });
    await inTenant(archive.database, stored.scope, (client) => cancelSession(client, stored.sessionId));
    expect(await feed.ended).toBeNull();
    expect(feed.events.map(({ status }) => status)).toEqual(['PROCESSING', 'CANCELLED']);
  });

  test('goes past a failure that the session has got over', async () => {
    await step('PARSE', { done: 1, total: 2 });
    await inTenant(archive.database, stored.scope, async (client) => {
      await failSession(client, stored.sessionId, { code: 'BROKEN', message: 'It broke.' });
    });
    const failed = await openFeed(archive, who(), { sessionId });
    expect(await failed.ended).toBeNull();
    expect(failed.events.map(({ status }) => status)).toEqual(['PROCESSING', 'FAILED']);

    await inTenant(archive.database, stored.scope, (client) =>
      startSession(client, {
        archiveId: stored.archiveId,
        platformId: null,
        format: null,
        userId: stored.scope.userId,
      }),
    );
    const whole = await openFeed(archive, who(), { sessionId });
    await whole.seen(2);
    await finish(extraction());
    expect(await whole.ended).toBeNull();
    expect(whole.events.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
    expect(whole.events.at(-1)?.status).toBe('COMPLETED');
  });

  test('leaves out items that are gone by the time it is read', async () => {
    await step('EXTRACT', { done: 1, total: 1, newItemIds: [stored.itemIds[0]!, mintUuid()] });
    const feed = await openFeed(archive, who(), { sessionId });
    await feed.seen(1);
    expect(feed.events[0]?.newItems).toHaveLength(1);
    feed.cut();
  });

  test("refuses a session that is not there, or not the tenant's, in the same words", async () => {
    const refusals = [];
    for (const [viewer, id] of [
      [who(), toId('session', mintUuid())],
      [claims('somebody-else', 'ADMINISTRATOR'), sessionId],
      [who(), 'nonsense'],
    ] as const) {
      const [error] = (await (await openFeed(archive, viewer, { sessionId: id })).ended) ?? [];
      refusals.push({ ...error, message: error?.message.replace(id, 'ID') });
    }
    for (const refusal of refusals)
      expect(refusal).toMatchObject({ message: 'There is no session ID.', extensions: { code: 'NOT_FOUND' } });
  });

  test('refuses a cursor that is malformed, of another session, or from the future', async () => {
    await step('PARSE', { done: 1, total: 2 });
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const after of [
      '',
      'nonsense',
      encode([mintUuid(), 1]),
      encode([stored.sessionId, 2]),
      encode([stored.sessionId, -1]),
      encode([stored.sessionId]),
    ]) {
      const errors = await (await openFeed(archive, who(), { sessionId, after })).ended;
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });
});
