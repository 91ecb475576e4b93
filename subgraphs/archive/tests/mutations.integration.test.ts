import { failSession, inTenant, stageStep, takeStage } from '@colloquy/database';
import { mintUuid, tenantUuid, toId, toUuid, type WorkStage } from '@colloquy/domain';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { claims, startArchive, type TestArchive } from './support/archive.ts';
import { type Seeded, seed } from './support/seed.ts';
import { announce, chatgptExport, upload } from './support/upload.ts';

let archive: TestArchive;
let stored: Seeded;
const who = claims('writer');
const admin = claims('writer', 'ADMINISTRATOR');

beforeAll(async () => {
  archive = await startArchive();
  stored = await seed(archive.database, { tenant: 'writer', conversations: 1, messagesEach: 2, itemsEach: 1 });
}, 30_000);
afterAll(() => archive.close());

const IMPORT = `mutation ($input: ImportArchiveInput!) { importArchive(input: $input) {
  __typename ... on ImportArchivePayload { alreadyImported session { id status stage platform { name } archive { id } errorCode fraction } }
  ... on Error { code message } ... on InvalidInputError { field } ... on UnsupportedFormatError { recognised supported } } }`;
const importArchive = async (archiveId: string, platform?: string) =>
  (await archive.ask(who, IMPORT, { input: { archiveId, ...(platform && { platform }) } })).data.importArchive;

/** Stages of a session whose job waits in the queue. */
async function queued(sessionId: string): Promise<string[]> {
  const { rows } = await archive.database.pool.query<{ key: string }>(
    `SELECT key FROM graphile_worker.jobs WHERE key LIKE $1 ORDER BY key`,
    [`${toUuid('session', sessionId)}:%`],
  );
  return rows.map(({ key }) => key.split(':')[1] ?? '');
}

describe('importArchive', () => {
  test('starts a session and its first job; repeating it gives the same session and queues nothing', async () => {
    const archiveId = await upload(archive, who, chatgptExport('one'));
    const started = await importArchive(archiveId);
    expect(started).toMatchObject({
      __typename: 'ImportArchivePayload',
      alreadyImported: false,
      session: { status: 'PENDING', stage: 'QUEUED', platform: { name: 'chatgpt' }, archive: { id: archiveId } },
    });
    expect(await queued(started.session.id)).toEqual(['PARSE']);
    const again = await Promise.all([1, 2, 3].map(() => importArchive(archiveId)));
    for (const answer of again)
      expect(answer).toMatchObject({ alreadyImported: true, session: { id: started.session.id } });
    expect(await queued(started.session.id)).toEqual(['PARSE']);
  });

  test('at once from several sides starts one session', async () => {
    const archiveId = await upload(archive, who, chatgptExport('several'));
    const answers = await Promise.all([1, 2, 3, 4].map(() => importArchive(archiveId)));
    expect(new Set(answers.map(({ session }) => session.id)).size).toBe(1);
    expect(answers.filter(({ alreadyImported }) => !alreadyImported)).toHaveLength(1);
  });

  test('of the same bytes under another archive gives the session that there is', async () => {
    const first = await importArchive(await upload(archive, who, chatgptExport('same')));
    const second = await importArchive(await upload(archive, who, chatgptExport('same')));
    expect(second).toMatchObject({
      alreadyImported: true,
      session: { id: first.session.id, archive: first.session.archive },
    });
  });

  test('goes on with a session that failed, at the stages that are not finished', async () => {
    const archiveId = await upload(archive, who, chatgptExport('failed'));
    const { session } = await importArchive(archiveId);
    const sessionId = toUuid('session', session.id);
    const tenantId = tenantUuid('writer');
    const begin = async (stage: WorkStage) => (await takeStage(archive.database, tenantId, sessionId, stage))!;
    await stageStep(archive.database, await begin('PARSE'), async () => ({ done: 1, total: 1, finished: true }));
    await stageStep(archive.database, await begin('EMBED'), async () => ({ done: 1, total: 9 }));
    await archive.database.pool.query(`DELETE FROM graphile_worker._private_jobs`);
    await inTenant(archive.database, { tenantId, userId: null }, (client) =>
      failSession(client, sessionId, { code: 'BROKEN', message: 'It broke.' }),
    );
    const read = `{ extractionSession(id: "${session.id}") { status errorCode errorMessage completedAt } }`;
    expect((await archive.ask(who, read)).data.extractionSession).toMatchObject({
      status: 'FAILED',
      errorCode: 'BROKEN',
      errorMessage: 'It broke.',
    });

    const resumed = await importArchive(archiveId);
    expect(resumed).toMatchObject({
      alreadyImported: true,
      session: { id: session.id, status: 'PENDING', errorCode: null },
    });
    expect(resumed.session.fraction).toBeGreaterThan(0);
    expect((await archive.ask(who, read)).data.extractionSession.completedAt).toBeNull();
    expect(await queued(session.id)).toEqual(['EMBED', 'EXTRACT']);
  });

  test('goes on with a session that was cancelled', async () => {
    const archiveId = await upload(archive, who, chatgptExport('cancelled'));
    const { session } = await importArchive(archiveId);
    const cancel = `mutation { cancelExtraction(input: { sessionId: "${session.id}" }) { __typename ... on CancelExtractionPayload { session { status } } ... on Error { code } } }`;
    expect((await archive.ask(who, cancel)).data.cancelExtraction).toMatchObject({ session: { status: 'CANCELLED' } });
    expect((await archive.ask(who, cancel)).data.cancelExtraction).toEqual({
      __typename: 'InvalidInputError',
      code: 'SESSION_ENDED',
    });
    expect(await importArchive(archiveId)).toMatchObject({
      alreadyImported: true,
      session: { id: session.id, status: 'PENDING' },
    });
    expect(await queued(session.id)).toEqual(['PARSE']);
  });

  test.each([
    [
      'JSON of some other product',
      '{"products": [{"sku": 1}]}',
      { __typename: 'UnsupportedFormatError', code: 'UNSUPPORTED_FORMAT' },
    ],
    ['broken JSON', '[{"title": ', { __typename: 'InvalidInputError', field: 'archiveId' }],
    ['no archive at all', 'hello', { __typename: expect.stringMatching(/Error$/) }],
    ['a truncated ZIP', 'PK\u0003\u0004 and no more', { __typename: 'InvalidInputError', field: 'archiveId' }],
  ])('refuses %s and starts nothing', async (_, bytes, refusal) => {
    const archiveId = await upload(archive, who, bytes);
    const answer = await importArchive(archiveId);
    expect(answer).toMatchObject(refusal);
    expect(answer.code).toMatch(/^[A-Z_]+$/);
    if (answer.supported) expect(answer.supported.length).toBeGreaterThan(2);
    const { data } = await archive.ask(
      who,
      `{ node(id: "${archiveId}") { ... on SourceArchive { sessions { id } } } }`,
    );
    expect(data.node.sessions).toEqual([]);
  });

  test('says what is wrong with its arguments', async () => {
    const { archive: announced } = await announce(archive, who, { byteSize: 10 });
    expect(await importArchive(announced.id)).toMatchObject({
      __typename: 'InvalidInputError',
      code: 'ARCHIVE_NOT_UPLOADED',
      field: 'archiveId',
    });
    for (const id of [toId('archive', mintUuid()), toId('item', mintUuid()), 'nonsense']) {
      expect(await importArchive(id)).toMatchObject({ __typename: 'NotFoundError', code: 'NOT_FOUND' });
    }
    const archiveId = await upload(archive, who, chatgptExport('platform'));
    expect(await importArchive(archiveId, 'myspace')).toMatchObject({ code: 'UNKNOWN_PLATFORM', field: 'platform' });
    expect(await importArchive(archiveId, 'claude')).toMatchObject({ code: 'PLATFORM_MISMATCH', field: 'platform' });
    expect(await importArchive(archiveId, 'chatgpt')).toMatchObject({ session: { platform: { name: 'chatgpt' } } });
  });
});

describe('rateItem', () => {
  const rate = async (input: object) => {
    const query = `mutation ($input: RateItemInput!) { rateItem(input: $input) { __typename ... on RateItemPayload { item { id } } ... on Error { code } ... on InvalidInputError { field } } }`;
    const { data, errors } = await archive.ask(who, query, {
      input: { itemId: toId('item', stored.itemIds[0]!), feedbackType: 'usefulness', rating: 4, ...input },
    });
    return data?.rateItem ?? { errors };
  };
  const ratings = () =>
    inTenant(archive.database, stored.scope, async (client) => {
      const { rows } = await client.query(
        'SELECT rating, feedback_type, comments, implementation_successful, time_saved_hours::float8 FROM intelligence.intelligence_feedback ORDER BY feedback_type',
      );
      return rows;
    });

  test('keeps one rating per user, item and type: the last', async () => {
    expect(await rate({ comments: 'fine\0' })).toEqual({
      __typename: 'RateItemPayload',
      item: { id: toId('item', stored.itemIds[0]!) },
    });
    await rate({ rating: 2, implementationSuccessful: true, timeSavedHours: 1.25 });
    await rate({ rating: 5, feedbackType: 'accuracy' });
    expect(await ratings()).toEqual([
      { rating: 5, feedback_type: 'accuracy', comments: null, implementation_successful: null, time_saved_hours: null },
      {
        rating: 2,
        feedback_type: 'usefulness',
        comments: null,
        implementation_successful: true,
        time_saved_hours: 1.25,
      },
    ]);
  });

  test.each([
    [{ rating: 0 }, 'rating'],
    [{ rating: 6 }, 'rating'],
    [{ feedbackType: '  ' }, 'feedbackType'],
    [{ feedbackType: 'x'.repeat(51) }, 'feedbackType'],
    [{ comments: 'x'.repeat(10_001) }, 'comments'],
    [{ timeSavedHours: -1 }, 'timeSavedHours'],
    [{ timeSavedHours: 1_000 }, 'timeSavedHours'],
  ])('refuses %j', async (input, field) => {
    expect(await rate(input)).toEqual({ __typename: 'InvalidInputError', code: 'INVALID_INPUT', field });
  });

  test('an unknown item is NOT_FOUND', async () => {
    expect(await rate({ itemId: toId('item', mintUuid()) })).toEqual({
      __typename: 'NotFoundError',
      code: 'NOT_FOUND',
    });
    expect(await rate({ itemId: 'nonsense' })).toEqual({ __typename: 'NotFoundError', code: 'NOT_FOUND' });
  });
});

describe('rebuildProjection', () => {
  const rebuild = async (projection: string) =>
    (
      await archive.ask(
        admin,
        `mutation { rebuildProjection(input: { projection: ${projection} }) { ... on RebuildProjectionPayload { runId } } }`,
      )
    ).data.rebuildProjection.runId;

  test('opens one run per projection and queues its job with it', async () => {
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => rebuild('SEARCH')));
    expect(others).toEqual([first, first]);
    expect(await rebuild('GRAPH')).not.toBe(first);
    const { rows } = await archive.database.pool.query(
      `SELECT key, queue_name FROM graphile_worker.jobs WHERE key = $1`,
      [`run:${toUuid('run', first)}`],
    );
    expect(rows).toEqual([{ key: `run:${toUuid('run', first)}`, queue_name: `project:${tenantUuid('writer')}` }]);
    const { data } = await archive.ask(
      who,
      `{ projectionRun(id: "${first}") { id projection status done total waitingFor errorMessage } }`,
    );
    expect(data.projectionRun).toEqual({
      id: first,
      projection: 'SEARCH',
      status: 'PENDING',
      done: 0,
      total: null,
      waitingFor: null,
      errorMessage: null,
    });
  });
});

describe('roles', () => {
  const item = () => toId('item', stored.itemIds[0]!);
  const session = () => toId('session', stored.sessionId);
  test.each([
    ['READ_ONLY', () => 'createArchiveUpload(input: { fileName: "x", byteSize: 1 }) { __typename }'],
    ['READ_ONLY', () => `importArchive(input: { archiveId: "${toId('archive', stored.archiveId)}" }) { __typename }`],
    ['READ_ONLY', () => `cancelExtraction(input: { sessionId: "${session()}" }) { __typename }`],
    ['READ_ONLY', () => `rateItem(input: { itemId: "${item()}", rating: 1, feedbackType: "x" }) { __typename }`],
    ['CURATOR', () => 'rebuildProjection(input: { projection: GRAPH }) { __typename }'],
  ])('%s is FORBIDDEN what is beyond it', async (role, mutation) => {
    const { errors } = await archive.ask(claims('writer', role), `mutation { ${mutation()} }`);
    expect(errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
  });
});
