import { ARRANGED_BY_TIME, platformUuid, tenantUuid } from '@colloquy/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import type { Database } from '../connection/database.ts';
import { createViewerRegistry } from '../connection/identity.ts';
import { inTenant, type TenantScope } from '../connection/tenant.ts';
import { startNamedSession } from '../testing/start-sessions.ts';
import type { IncomingConversation, IncomingMessage } from './incoming.ts';
import { type MergeResult, mergeConversations } from './merge.ts';

let testDatabase: TestDatabase;
let database: Database;
let scope: TenantScope & { userId: string };
let number = 0;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = testDatabase.open();
}, 30_000);
afterAll(() => testDatabase.drop());
beforeEach(async () => {
  const tenant = `merger-${number++}`;
  const viewer = {
    tenantId: tenantUuid(tenant),
    tenant,
    subject: 'one',
    displayName: 'One',
    role: 'STANDARD',
  } as const;
  scope = await createViewerRegistry(database)(viewer);
});

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 9, minute));

function message(minute: number, previous: number | null, sequence: number | null, text?: string): IncomingMessage {
  return {
    externalId: `m${minute}`,
    parentExternalId: previous === null ? null : `m${previous}`,
    role: 'USER',
    author: 'Ann',
    text: text ?? `Said in minute ${minute}.`,
    hidden: false,
    sequence,
    createdAt: at(minute),
    model: null,
    contentType: 'text',
    metadata: {},
    raw: '{}',
    attachments: [],
  };
}

/** Messages of a chain, each named by its minute; `texts` has those that differ from the usual. */
function chain(minutes: readonly number[], texts: Record<number, string> = {}): IncomingMessage[] {
  return minutes.map((minute, index) => message(minute, minutes[index - 1] ?? null, index, texts[minute]));
}

type Export = Partial<IncomingConversation> & Pick<IncomingConversation, 'messages'>;

function conversation(parts: Export): IncomingConversation {
  return {
    platformId: platformUuid('slack'),
    externalId: 'C1',
    title: null,
    url: null,
    createdAt: null,
    updatedAt: null,
    metadata: {},
    raw: '{}',
    ...parts,
  };
}

let archives = 0;
const openSession = () => startNamedSession(database, scope, `archive-${archives++}`);

async function mergeAll(sessionId: string, ...exports: Export[]): Promise<MergeResult[]> {
  const arrived = exports.map((parts, ordinal) => ({ ordinal, conversation: conversation(parts) }));
  return inTenant(database, scope, (client) => mergeConversations(client, sessionId, arrived));
}

/** Imports an export of the conversation, in a session of its own. */
async function merge(parts: Export): Promise<MergeResult> {
  const [result] = await mergeAll(await openSession(), parts);
  if (!result) throw new Error('Nothing was merged.');
  return result;
}

const select = <Row extends object>(sql: string) =>
  inTenant(database, scope, async (client) => (await client.query<Row>(sql)).rows);

/** Along the active path: the external ids and those of their parents. */
const path = async () =>
  (
    await select<{ id: string; parent: string | null }>(
      `SELECT m.external_id AS id, p.external_id AS parent FROM intelligence.messages m
       LEFT JOIN intelligence.messages p ON p.id = m.parent_id WHERE m.sequence IS NOT NULL ORDER BY m.sequence`,
    )
  ).map(({ id, parent }) => [id, parent]);

const all = (...minutes: number[]) =>
  minutes.map((minute, index) => [`m${minute}`, index === 0 ? null : `m${minutes[index - 1]}`]);

const texts = () =>
  select<{ id: string; revision: number; text: string }>(
    `SELECT id, revision, text FROM (
       SELECT external_id AS id, revision, text FROM intelligence.messages UNION ALL
       SELECT m.external_id, r.revision, r.text FROM intelligence.message_revisions r JOIN intelligence.messages m ON m.id = r.message_id
     ) every ORDER BY id, revision`,
  );

const absent = async () =>
  (
    await select<{ id: string }>(
      'SELECT external_id AS id FROM intelligence.messages WHERE absent_since IS NOT NULL ORDER BY external_id',
    )
  ).map(({ id }) => id);

const ids = () =>
  select<{ id: string; externalId: string }>('SELECT id, external_id FROM intelligence.messages ORDER BY id');

describe('exports of a chat that cover different times', () => {
  const metadata = { arrangedBy: ARRANGED_BY_TIME };

  test.each([
    ['later', [1, 2, 3], [4, 5]],
    ['earlier', [4, 5, 6], [1, 2]],
    ['overlapping', [2, 3, 4, 5], [1, 4, 6]],
    ['in between', [1, 9], [3, 4, 5]],
  ])('%s ones join in the order of time, and twice changes nothing', async (_, first, second) => {
    await merge({ messages: chain(first), metadata });
    const { newMessages } = await merge({ messages: chain(second), metadata });
    const union = [...new Set([...first, ...second])].sort((a, b) => a - b);
    expect(newMessages).toBe(union.length - first.length);
    expect(await path()).toEqual(all(...union));
    expect(await merge({ messages: chain(first), metadata })).toMatchObject({ newMessages: 0, isNew: false, visit: 3 });
    expect(await path()).toEqual(all(...union));
  });

  test('miss only what lies in the times they cover', async () => {
    await merge({ messages: chain([1, 2, 3, 4]), metadata });
    expect((await merge({ messages: chain([2, 4, 5]), metadata })).absentMessages).toBe(1);
    expect(await absent()).toEqual(['m3']);
    expect(await path()).toEqual(all(1, 2, 3, 4, 5));
  });
});

describe('an older export of a tree', () => {
  test('adds what it alone has beside the active path, which stays', async () => {
    await merge({ messages: chain([1, 2, 4, 5]) });
    // It lacks what was said since, and has what was deleted since.
    expect(await merge({ messages: chain([1, 2, 3]) })).toMatchObject({ newMessages: 1, absentMessages: 0 });
    expect(await path()).toEqual(all(1, 2, 4, 5));
    expect(await absent()).toEqual([]);
  });

  test('keeps its texts and titles as former ones', async () => {
    await merge({ messages: chain([1, 2], { 1: 'edited' }), title: 'New', updatedAt: at(9) });
    const outcome = await merge({ messages: chain([1, 2], { 1: 'as it was' }), title: 'Old', updatedAt: at(3) });
    expect(outcome).toMatchObject({ changedMessages: 0, titleChanged: false });
    expect(await texts()).toEqual([
      { id: 'm1', revision: 1, text: 'edited' },
      { id: 'm1', revision: 2, text: 'as it was' },
      { id: 'm2', revision: 1, text: 'Said in minute 2.' },
    ]);
    expect(await select('SELECT title FROM intelligence.conversation_titles')).toEqual([{ title: 'Old' }]);
    expect(await select('SELECT title FROM intelligence.conversations')).toEqual([{ title: 'New' }]);
  });
});

describe('a later export', () => {
  test('that is longer takes the active path over', async () => {
    await merge({ messages: chain([1, 2]) });
    expect((await merge({ messages: chain([1, 2, 3, 4]) })).newMessages).toBe(2);
    expect(await path()).toEqual(all(1, 2, 3, 4));
  });

  test('counts what it added, changed and misses, and ids stay', async () => {
    await merge({ messages: chain([1, 2, 3, 4]), title: 'Lamps' });
    const before = await ids();
    const outcome = await merge({ messages: chain([1, 2, 5, 6], { 2: 'edited' }), title: 'Red lamps' });
    expect(outcome).toEqual({
      conversationId: outcome.conversationId,
      ordinal: 0,
      visit: 2,
      isNew: false,
      firstSight: true,
      messageCount: 4,
      newMessages: 2,
      changedMessages: 1,
      absentMessages: 2,
      titleChanged: true,
    });
    expect((await ids()).slice(0, 4)).toEqual(before);
    expect(await absent()).toEqual(['m3', 'm4']);
    expect(await path()).toEqual(all(1, 2, 5, 6));
    expect(await select('SELECT title, visit FROM intelligence.conversation_titles')).toEqual([
      { title: 'Lamps', visit: 2 },
    ]);
  });

  test('that has a message again takes it out of the missed ones', async () => {
    await merge({ messages: chain([1, 2, 3]) });
    await merge({ messages: chain([1, 3, 4]) });
    expect(await absent()).toEqual(['m2']);
    await merge({ messages: chain([1, 2, 3, 4, 5]) });
    expect(await absent()).toEqual([]);
    // Which export held it stays known.
    expect(await select('SELECT visit FROM intelligence.message_absences')).toEqual([{ visit: 2 }]);
  });

  test('keeps each text a message ever had, in the order in which they came', async () => {
    await merge({ messages: chain([1], { 1: 'one' }) });
    await merge({ messages: chain([1], { 1: 'two' }) });
    await merge({ messages: chain([1], { 1: 'one' }) });
    expect((await texts()).map(({ revision, text }) => [revision, text])).toEqual([
      [1, 'one'],
      [2, 'two'],
      [3, 'one'],
    ]);
    expect(await select('SELECT revision, revision_visit AS visit FROM intelligence.messages')).toEqual([
      { revision: 3, visit: 3 },
    ]);
  });

  test('that says the same misses what the one before it missed', async () => {
    await merge({ messages: chain([1, 2, 3]) });
    await merge({ messages: chain([1, 3]) });
    expect(await merge({ messages: chain([1, 3]) })).toMatchObject({ visit: 3, absentMessages: 0 });
    expect(await select('SELECT visit FROM intelligence.message_absences ORDER BY visit')).toEqual([
      { visit: 2 },
      { visit: 3 },
    ]);
  });
});

describe('one archive', () => {
  test('that holds a conversation twice has what either copy has', async () => {
    await merge({ messages: chain([1, 2, 3, 4]) });
    const outcomes = await mergeAll(
      await openSession(),
      { messages: chain([1, 2, 4]) },
      { messages: chain([1, 3, 4]) },
    );
    expect(outcomes.map(({ visit, firstSight, newMessages }) => [visit, firstSight, newMessages])).toEqual([
      [2, true, 0],
      [2, false, 0],
    ]);
    expect(await select('SELECT * FROM intelligence.message_absences')).toEqual([]);
    expect(await absent()).toEqual([]);
  });

  test('may hold thousands of messages and large texts', async () => {
    const minutes = Array.from({ length: 5_000 }, (_, index) => index);
    const long = 'ä "quoted" \\ line\n'.repeat(200_000);
    const [, second] = await mergeAll(
      await openSession(),
      { messages: chain(minutes, { 7: long }) },
      { messages: chain([1, 2]), externalId: 'C2', metadata: { a: { b: [1, 'ü'] } }, raw: '{"a": "\\n"}' },
    );
    expect(second).toMatchObject({ isNew: true, newMessages: 2 });
    expect(await select('SELECT external_id AS id, text FROM intelligence.messages WHERE length(text) > 100')).toEqual([
      { id: 'm7', text: long },
    ]);
    expect(await select("SELECT metadata, raw::text FROM intelligence.conversations WHERE external_id = 'C2'")).toEqual(
      [{ metadata: { a: { b: [1, 'ü'] } }, raw: '{"a": "\\n"}' }],
    );
    expect(await select("SELECT created_at FROM intelligence.messages WHERE external_id = 'm4999'")).toEqual([
      { created_at: at(4_999) },
    ]);
  }, 60_000);
});

describe('a history out of an archive', () => {
  const replacedAt = new Date('2025-05-05T05:05:05Z');
  const former = (revision: number, text: string) => ({ revision, text, replacedAt });
  const titles = () =>
    select('SELECT ordinal, title, replaced_at AS "replacedAt" FROM intelligence.conversation_titles ORDER BY ordinal');
  const remembering = (): Export => ({
    title: 'New',
    formerTitles: [{ title: 'Old', replacedAt }],
    messages: chain([1, 2]).map((one, index) =>
      index === 0
        ? { ...one, formerTexts: [former(1, 'first'), former(3, 'older')] }
        : { ...one, absentSince: replacedAt },
    ),
  });
  const restored = [
    { id: 'm1', revision: 1, text: 'first' },
    { id: 'm1', revision: 2, text: 'Said in minute 1.' },
    { id: 'm1', revision: 3, text: 'older' },
    { id: 'm2', revision: 1, text: 'Said in minute 2.' },
  ];

  test('is there again, with its numbers and times', async () => {
    await merge(remembering());
    expect(await texts()).toEqual(restored);
    expect(await titles()).toEqual([{ ordinal: 1, title: 'Old', replacedAt }]);
    expect(await select('SELECT absent_since AS since FROM intelligence.messages ORDER BY external_id')).toEqual([
      { since: null },
      { since: replacedAt },
    ]);
  });

  test('goes on from there', async () => {
    await merge(remembering());
    await merge(remembering());
    expect([await texts(), await absent()]).toEqual([restored, ['m2']]);
    await merge({ title: 'Newer', messages: chain([1, 2, 3], { 1: 'edited' }) });
    expect(await texts()).toEqual([
      ...restored.slice(0, 3),
      { id: 'm1', revision: 4, text: 'edited' },
      ...restored.slice(3),
      { id: 'm3', revision: 1, text: 'Said in minute 3.' },
    ]);
    expect([await absent(), await titles()]).toMatchObject([[], [{ title: 'Old' }, { title: 'New' }]]);
  });

  test('changes nothing of a message that is stored, except that it says what vanished', async () => {
    await merge({ title: 'New', messages: chain([1, 2]) });
    expect(await merge(remembering())).toMatchObject({ newMessages: 0, changedMessages: 0, titleChanged: false });
    expect((await texts()).map(({ revision }) => revision)).toEqual([1, 1]);
    expect([await titles(), await absent()]).toEqual([[], ['m2']]);
  });
});

describe('attachments', () => {
  const file = {
    externalId: 'f1',
    fileName: 'a.png',
    mediaType: 'image/png',
    byteSize: 5,
    sha256: null,
    position: 3,
    text: null,
  };

  test('are kept, and completed by an export that knows more', async () => {
    const [first] = chain([1]);
    if (!first) throw new Error('No message.');
    await merge({ messages: [{ ...first, attachments: [file] }] });
    await merge({ messages: [{ ...first, attachments: [{ ...file, fileName: 'other.png', text: 'what it says' }] }] });
    expect(await select('SELECT file_name, byte_size, position, text FROM intelligence.attachments')).toEqual([
      { file_name: 'a.png', byte_size: 5, position: 3, text: 'what it says' },
    ]);
  });
});
