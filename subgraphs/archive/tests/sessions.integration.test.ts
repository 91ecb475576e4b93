import {
  cancelSession,
  failSession,
  inTenant,
  recordIssues,
  stageStep,
  startSession,
  type TenantClient,
  takeStage,
} from '@colloquy/database';
import { toId, WORK_STAGES, type WorkStage } from '@colloquy/domain';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Claims, claims, startArchive, type TestArchive } from './support/archive.ts';
import { type Seeded, seed } from './support/seed.ts';

const FIELDS = `
  conversationCount messageCount newConversationCount newMessageCount
  changedConversationCount unchangedConversationCount changedMessageCount unchangedMessageCount
  absentMessageCount attachmentCount seconds messagesPerSecond bytesPerSecond retries
  issueCounts { code count }
  stages { stage done total startedAt finishedAt seconds waitingFor failures }
`;

let archive: TestArchive;
let seeded: Seeded;
let owner: Claims;

beforeAll(async () => {
  archive = await startArchive();
  seeded = await seed(archive.database, { tenant: 'watched', conversations: 2, messagesEach: 3, itemsEach: 1 });
  owner = { ...claims('watched'), sub: 'watched-owner' };
}, 60_000);
afterAll(() => archive.close());

async function session(): Promise<Record<string, unknown>> {
  const query = `query ($id: ID!) { extractionSession(id: $id) { ${FIELDS} } }`;
  const { data, errors } = await archive.ask(owner, query, { id: toId('session', seeded.sessionId) });
  expect(errors).toBeUndefined();
  return (data as { extractionSession: Record<string, unknown> }).extractionSession;
}

function write<T>(work: (client: TenantClient) => Promise<T>): Promise<T> {
  return inTenant(archive.database, seeded.scope, work);
}

const set = (columns: string) =>
  write((client) =>
    client.query(`UPDATE intelligence.extraction_sessions SET ${columns} WHERE id = $1`, [seeded.sessionId]),
  );

async function finish(stage: WorkStage, total: number): Promise<void> {
  const lease = await takeStage(archive.database, seeded.scope.tenantId, seeded.sessionId, stage);
  if (!lease) throw new Error(`Stage ${stage} is not to be taken.`);
  await stageStep(archive.database, lease, async () => ({ done: total, total, finished: true }));
}

describe('a session', () => {
  test('has stages without times and no rates before work begins', async () => {
    expect(await session()).toMatchObject({
      seconds: null,
      messagesPerSecond: null,
      bytesPerSecond: null,
      retries: 0,
      issueCounts: [],
      stages: WORK_STAGES.map((stage) => ({ stage, done: 0, startedAt: null, finishedAt: null, seconds: null })),
    });
  });

  test('tells new from changed from unchanged', async () => {
    await set(`conversation_count = 10, new_conversation_count = 3, changed_conversation_count = 2,
      message_count = 100, new_message_count = 30, changed_message_count = 5, absent_message_count = 4, attachment_count = 7`);
    expect(await session()).toMatchObject({
      changedConversationCount: 2,
      unchangedConversationCount: 5,
      changedMessageCount: 5,
      unchangedMessageCount: 65,
      absentMessageCount: 4,
      attachmentCount: 7,
    });
  });

  test('never has less than nothing unchanged', async () => {
    await set('conversation_count = 1, new_conversation_count = 1, changed_conversation_count = 1');
    expect(await session()).toMatchObject({ unchangedConversationCount: 0 });
  });

  test('counts its issues by code, the most frequent first and then by name', async () => {
    const codes = ['B_CODE', 'A_CODE', 'MOST', 'MOST', 'MOST'];
    const issues = codes.map((code, ordinal) => ({ ordinal, code, message: 'Broken.', location: `#${ordinal}` }));
    await write((client) => recordIssues(client, seeded.sessionId, issues));
    expect((await session()).issueCounts).toEqual([
      { code: 'MOST', count: 3 },
      { code: 'A_CODE', count: 1 },
      { code: 'B_CODE', count: 1 },
    ]);
  });

  test('measures PARSE from its start to its end', async () => {
    await finish('PARSE', 2);
    await write((client) =>
      client.query(
        `UPDATE intelligence.session_stages SET started_at = finished_at - interval '4 seconds' WHERE session_id = $1 AND stage = 'PARSE'`,
        [seeded.sessionId],
      ),
    );
    const { stages, messagesPerSecond, bytesPerSecond, seconds } = await session();
    // 100 messages and 100 bytes in 4 seconds.
    expect({ messagesPerSecond, bytesPerSecond }).toEqual({ messagesPerSecond: 25, bytesPerSecond: 25 });
    expect((stages as unknown[])[0]).toMatchObject({ stage: 'PARSE', done: 2, total: 2, seconds: 4, failures: 0 });
    expect(seconds).toEqual(expect.any(Number));
  });

  test('stops its clocks when it ends, and counts how often it was taken up again', async () => {
    await takeStage(archive.database, seeded.scope.tenantId, seeded.sessionId, 'EXTRACT');
    await write((client) => failSession(client, seeded.sessionId, { code: 'INTERNAL_ERROR', message: 'Broke off.' }));
    const before = await session();
    const after = await session();
    expect(before).toMatchObject({ retries: 0 });
    expect(after).toEqual(before);
    const start = { archiveId: seeded.archiveId, platformId: null, format: null, userId: seeded.scope.userId };
    await write((client) => startSession(client, start));
    expect(await session()).toMatchObject({ retries: 1 });
    await write((client) => cancelSession(client, seeded.sessionId));
    expect(await session()).toMatchObject({ retries: 1 });
    await write((client) => startSession(client, start));
    expect(await session()).toMatchObject({ retries: 2 });
  });

  test('shows another tenant nothing of it', async () => {
    const query = `{ extractionSessions { edges { node { ${FIELDS} } } } }`;
    const { data } = await archive.ask(claims('stranger'), query);
    expect(data).toEqual({ extractionSessions: { edges: [] } });
  });
});
