import { describe, expect, test } from '@jest/globals';
import type { ArchiveLimits } from '../../limits.ts';
import { zipOf } from '../../testing/write-zip.ts';
import { readOwn, readWith } from '../chats/testing/read-with.ts';
import { slack } from './reader.ts';

const USERS = [
  { id: 'U0000ANN', team_id: 'T0000TEAM', name: 'ann.k', real_name: 'Ann Kaye', profile: { display_name: 'Ann' } },
  { id: 'U0000BOB', name: 'bob', profile: { display_name: '', real_name: 'Bob Lee' } },
  { id: 'U0000DEP', name: 'deploy', is_bot: true, profile: { real_name: 'Deploy' } },
];
const CHANNELS = [
  {
    id: 'C0000GEN',
    name: 'general',
    created: 1_700_000_000,
    members: ['U0000ANN'],
    is_general: true,
    topic: { value: 'All' },
    purpose: { value: '' },
  },
];
const said = (ts: string, text: string, more: object = {}) => ({
  type: 'message',
  user: 'U0000ANN',
  text,
  ts,
  ...more,
});

function exported(days: Record<string, unknown>, more: Record<string, unknown> = {}, root = ''): Buffer {
  const files = { 'users.json': USERS, 'channels.json': CHANNELS, ...more, ...days };
  return zipOf(
    Object.fromEntries(
      Object.entries(files).map(([name, value]) => [
        root + name,
        typeof value === 'string' ? value : JSON.stringify(value, null, 4),
      ]),
    ),
  );
}

const readSlack = (bytes: Uint8Array, limits?: Partial<ArchiveLimits>) => readOwn(slack, bytes, limits);

async function readMessage(message: object, more: Record<string, unknown> = {}) {
  const { conversations } = await readSlack(exported({ 'general/2026-01-01.json': [message] }, more));
  const [conversation] = conversations;
  return { ...conversation?.messages[0], codes: conversation?.issues.map(({ code }) => code) };
}

describe('a Slack export', () => {
  test.each(['', 'My workspace Slack export/'])('has one conversation per channel below "%s"', async (root) => {
    const days = {
      'general/2026-01-02.json': [said('1767312000.000200', 'second day')],
      'general/2026-01-01.json': [said('1767225600.000200', 'b'), said('1767225600.000100', 'a', { user: 'U0000BOB' })],
    };
    const { recognition, conversations, issues } = await readSlack(exported(days, {}, root));
    expect(recognition).toMatchObject({ confidence: 0.98, reason: expect.stringContaining('2 days of messages') });
    expect(issues).toEqual([]);
    expect(conversations).toMatchObject([
      {
        platform: 'slack',
        externalId: 'C0000GEN',
        title: '#general',
        url: 'https://app.slack.com/client/T0000TEAM/C0000GEN',
        createdAt: new Date(1_700_000_000_000),
        metadata: { folder: 'general', kind: 'channel', topic: 'All', is_general: true, members: ['U0000ANN'] },
        issues: [],
      },
    ]);
    expect(JSON.parse(conversations[0]?.raw ?? '')).toEqual(CHANNELS[0]);
    expect(
      conversations[0]?.messages.map((message) => [
        message.externalId,
        message.parentExternalId,
        message.sequence,
        message.author,
        message.text,
      ]),
    ).toEqual([
      ['1767225600.000100', null, 0, 'Bob Lee', 'a'],
      ['1767225600.000200', '1767225600.000100', 1, 'Ann', 'b'],
      ['1767312000.000200', '1767225600.000200', 2, 'Ann', 'second day'],
    ]);
  });

  test('has private channels, direct messages and folders that no list names', async () => {
    const day = (name: string) => [`${name}/2026-01-01.json`, [said('1767225600.000100', name)]] as const;
    const { conversations } = await readSlack(
      exported(
        Object.fromEntries([day('secret'), day('D0000DM1'), day('mpdm-ann--bob-1'), day('gone'), day('C0000OLD1')]),
        {
          'groups.json': [{ id: 'G0000SEC', name: 'secret' }],
          'dms.json': [{ id: 'D0000DM1', members: ['U0000ANN', 'U0000BOB'] }],
          'mpims.json': [{ id: 'G0000MPD', name: 'mpdm-ann--bob-1', members: ['U0000BOB', 'U0000CAT'] }],
        },
      ),
    );
    expect(conversations.map(({ externalId, title, metadata }) => [externalId, title, metadata.kind])).toEqual([
      ['G0000SEC', '#secret', 'group'],
      ['D0000DM1', 'Ann, Bob Lee', 'dm'],
      ['G0000MPD', 'Bob Lee, U0000CAT', 'mpim'],
      ['folder:T0000TEAM/gone', 'gone', undefined],
      ['C0000OLD1', 'C0000OLD1', undefined],
    ]);
    for (const { raw } of conversations) expect(() => JSON.parse(raw)).not.toThrow();
  });

  test('gives the same ids when it is imported again after it has grown', async () => {
    const first = { 'general/2026-01-01.json': [said('1767225600.000100', 'a')] };
    const grown = { ...first, 'general/2026-02-01.json': [said('1769904000.000100', 'b')] };
    const [before, after] = [await readSlack(exported(first)), await readSlack(exported(grown))];
    const ids = ({ conversations }: typeof before) =>
      conversations.flatMap(({ externalId, messages }) =>
        messages.map((message) => `${externalId}/${message.externalId}`),
      );
    expect(ids(after)).toEqual([...ids(before), 'C0000GEN/1769904000.000100']);
  });

  test('with messages in two exports of one ZIP is read as one', async () => {
    const both = zipOf({
      'january/channels.json': JSON.stringify(CHANNELS),
      'january/general/2026-01-01.json': JSON.stringify([said('1767225600.000100', 'a')]),
      'february/channels.json': JSON.stringify(CHANNELS),
      'february/general/2026-01-01.json': JSON.stringify([said('1767225600.000100', 'a', { reactions: [] })]),
      'february/general/2026-02-01.json': JSON.stringify([said('1769904000.000100', 'b')]),
    });
    const { conversations } = await readSlack(both);
    expect(conversations).toHaveLength(1);
    expect(conversations[0]?.messages.map(({ text }) => text)).toEqual(['a', 'b']);
    expect(conversations[0]?.issues.map(({ code }) => code)).toEqual(['DUPLICATE_MESSAGE_ID']);
  });

  test('without messages is no error', async () => {
    const { recognition, conversations } = await readSlack(exported({}));
    expect(recognition.confidence).toBe(0.7);
    expect(conversations).toEqual([]);
  });

  test('is not any ZIP with dates in it', async () => {
    for (const files of [{ 'diary/2026-01-01.json': '[{"mood": "fine"}]' }, { 'users.json': '[{"id": "1"}]' }]) {
      expect(await readWith(slack, zipOf(files))).toBeNull();
    }
  });

  test('a channel that is too large is split at the start of a month, the first part keeping its id', async () => {
    const day = (name: string, ts: string) => [`general/${name}.json`, [said(ts, 'x'.repeat(300))]] as const;
    const days = Object.fromEntries([
      day('2026-01-01', '1767225600.000100'),
      day('2026-01-31', '1769817600.000100'),
      day('2026-02-01', '1769904000.000100'),
      day('2026-02-02', '1769990400.000100'),
    ]);
    const { conversations } = await readSlack(exported(days), { maxRecordBytes: 1500 });
    expect(
      conversations.map(({ externalId, metadata, messages }) => [externalId, metadata.part, messages.length]),
    ).toEqual([
      ['C0000GEN', undefined, 2],
      ['C0000GEN~2026-02-01', 2, 2],
    ]);
    const byDays = await readSlack(exported(days), { maxRecordBytes: 700 });
    expect(byDays.conversations.map(({ messages }) => messages.length)).toEqual([1, 1, 1, 1]);
  });
});

describe('a Slack message', () => {
  test('in a thread names the message it replies to', async () => {
    const thread_ts = '1767225600.000100';
    const days = {
      'general/2026-01-01.json': [said(thread_ts, 'question', { thread_ts, reply_count: 2 })],
      'general/2026-01-03.json': [
        said('1767398400.000100', 'answer', { thread_ts, parent_user_id: 'U0000ANN' }),
        said('1767398400.000200', 'for all', { thread_ts, subtype: 'thread_broadcast' }),
      ],
    };
    const { conversations } = await readSlack(exported(days));
    const messages = conversations[0]?.messages ?? [];
    expect(messages.map(({ metadata }) => metadata.replyTo)).toEqual([undefined, thread_ts, thread_ts]);
    expect(messages.map(({ contentType, role, hidden }) => [contentType, role, hidden])).toEqual([
      ['message', 'USER', false],
      ['message', 'USER', false],
      ['thread_broadcast', 'USER', false],
    ]);
    expect(messages.every(({ onActivePath }) => onActivePath)).toBe(true);
  });

  test.each([
    [{ subtype: 'channel_join', text: '<@U0000ANN> has joined' }, 'SYSTEM', true, 'Ann', '@Ann has joined'],
    [{ subtype: 'tombstone', user: 'USLACKBOT', text: 'Deleted.' }, 'SYSTEM', true, 'USLACKBOT', 'Deleted.'],
    [{ subtype: 'bot_message', user: undefined, bot_id: 'B1', username: 'ci', text: 'ok' }, 'TOOL', false, 'ci', 'ok'],
    [{ user: 'U0000DEP', bot_id: 'B2', text: 'done' }, 'TOOL', false, 'Deploy', 'done'],
    [{ bot_id: 'B3', text: 'by an app of hers' }, 'USER', false, 'Ann', 'by an app of hers'],
    [{ user: 'U0000FAR', user_profile: { display_name: 'Far' }, text: 'hi' }, 'USER', false, 'Far', 'hi'],
    [{ user: 'U0000FAR', text: 'hi' }, 'USER', false, 'U0000FAR', 'hi'],
    [
      { subtype: 'file_comment', user: undefined, comment: { user: 'U0000BOB' }, text: 'x' },
      'USER',
      false,
      'Bob Lee',
      'x',
    ],
  ])('%j', async (more, role, hidden, author, text) => {
    expect(await readMessage(said('1767225600.000100', '', more))).toMatchObject({
      role,
      hidden,
      author,
      text,
      codes: [],
    });
  });

  test('that was edited or deleted keeps its earlier words, hidden', async () => {
    const original = said('1767225600.000100', 'as it was');
    const revision = { type: 'message', subtype: 'message_deleted', ts: '1767225700.000100', hidden: true, original };
    expect(await readMessage(revision)).toMatchObject({
      text: 'as it was',
      author: 'Ann',
      role: 'USER',
      hidden: true,
      metadata: { deleted: true, replyTo: '1767225600.000100' },
    });
  });

  test('that was edited by nobody in particular is said by whom the record names', async () => {
    const revision = said('1767225700.000100', 'new', { subtype: 'message_changed', original: { text: 'old' } });
    expect(await readMessage(revision)).toMatchObject({ text: 'old', author: 'Ann', hidden: true });
  });

  test('says what apps attach, and not what Slack previews', async () => {
    const attachments = [
      { from_url: 'https://x.org', title: 'A page' },
      { pretext: '1 commit', text: '<https://x.org/c|abc>: fix', fields: [{ title: 'Branch', value: 'main' }] },
      { fallback: 'only this' },
    ];
    expect(await readMessage(said('1767225600.000100', 'look', { attachments }))).toMatchObject({
      text: 'look\n\n1 commit\nabc (https://x.org/c): fix\nBranch: main\n\nonly this',
      metadata: { attachments: [{ from_url: 'https://x.org', title: 'A page' }, {}, {}] },
    });
    expect((await readMessage(said('1767225600.000100', '', { attachments: [attachments[0]] }))).text).toBe('A page');
  });

  test('without a text says its blocks', async () => {
    const section = (...elements: object[]) => ({ type: 'rich_text_section', elements });
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'News' } },
      {
        type: 'rich_text',
        elements: [
          section({ type: 'text', text: 'a < b & ' }, { type: 'user', user_id: 'U0000BOB' }),
          { type: 'rich_text_list', elements: [section({ type: 'link', url: 'https://x.org', text: 'x' })] },
        ],
      },
      { type: 'section', fields: [{ type: 'mrkdwn', text: '<!here>' }] },
    ];
    const { text } = await readMessage(said('1767225600.000100', '', { blocks }));
    expect(text).toBe('News\na < b & @Bob Lee\nx (https://x.org)\n@here');
  });

  test('keeps files and reactions, but no token', async () => {
    const file = { id: 'F1', name: 'a.txt', size: 3, permalink: 'https://x', url_private: 'https://x?t=xoxe-secret' };
    const reactions = [{ name: 'tada', users: ['U0000BOB'], count: 1 }];
    const { metadata, raw } = await readMessage(said('1767225600.000100', '', { files: [file], reactions }));
    expect(metadata).toMatchObject({
      files: [{ id: 'F1', name: 'a.txt', size: 3, permalink: 'https://x' }],
      reactions,
    });
    expect(JSON.stringify(metadata)).not.toContain('xoxe');
    expect(raw).toContain('xoxe-secret');
  });

  test.each([
    [{ subtype: 'moon_landing' }, ['UNKNOWN_CONTENT_TYPE']],
    [{ ts: undefined }, ['MISSING_MESSAGE_ID']],
    [{ ts: 'noon' }, ['INVALID_TIMESTAMP']],
    [{ text: 'a\0b\uD800' }, ['TEXT_REPAIRED']],
  ])('%j is kept and reported', async (more, codes) => {
    expect(await readMessage(said('1767225600.000100', 'x', more))).toMatchObject({ role: 'USER', codes });
  });
});

describe('a damaged Slack export', () => {
  const good = JSON.stringify([said('1767225600.000100', 'good')]);

  test('a damaged day costs what follows in it, and no other day', async () => {
    const two = `${JSON.stringify([said('1767312000.000100', 'kept'), said('1767312000.000200', 'kept too')]).slice(0, -1)}`;
    for (const end of [', {"ts": ', ' oops', ', {"text": ]']) {
      const { conversations } = await readSlack(
        exported({ 'general/2026-01-01.json': good, 'general/2026-01-02.json': two + end }),
      );
      expect(conversations[0]?.messages.map(({ text }) => text)).toEqual(['good', 'kept', 'kept too']);
      expect(conversations[0]?.issues).toMatchObject([{ code: 'INVALID_RECORD', location: 'general/2026-01-02.json' }]);
    }
  });

  test('a message that cannot be read costs no other', async () => {
    const day = `[{"ts": tru}, 7, ${good.slice(1)}`;
    const { conversations } = await readSlack(exported({ 'general/2026-01-01.json': day }));
    expect(conversations[0]?.messages).toHaveLength(1);
    expect(conversations[0]?.issues).toMatchObject([
      { code: 'INVALID_MESSAGE', location: 'general/2026-01-01.json[0]' },
      { code: 'INVALID_MESSAGE', location: 'general/2026-01-01.json[1]' },
    ]);
  });

  test('a damaged list costs names and no message', async () => {
    const lists = { 'users.json': `${JSON.stringify(USERS).slice(0, -1)}, {"id"`, 'channels.json': '{}' };
    const { conversations, issues } = await readSlack(exported({ 'general/2026-01-01.json': good }, lists));
    expect(issues.map(({ code, location }) => [code, location])).toEqual([
      ['INVALID_RECORD', 'users.json'],
      ['INVALID_RECORD', 'channels.json'],
    ]);
    expect(conversations).toMatchObject([
      { externalId: 'folder:T0000TEAM/general', messages: [{ author: 'Ann', text: 'good' }] },
    ]);
  });

  test('a day over the limit is reported; an export of nothing else is refused', async () => {
    const days = {
      'general/2026-01-01.json': good,
      'general/2026-01-02.json': [said('1767312000.000100', 'x'.repeat(900))],
    };
    const limits = { maxRecordBytes: 800 };
    const { conversations } = await readSlack(exported(days), limits);
    expect(conversations.flatMap(({ issues }) => issues)).toMatchObject([
      { code: 'RECORD_TOO_LARGE', location: 'general/2026-01-02.json' },
    ]);
    const alone = exported({ 'general/2026-01-02.json': days['general/2026-01-02.json'] });
    await expect(readSlack(alone, limits)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED_RECORD' });
  });

  test('an export in which no message can be read is refused', async () => {
    await expect(readSlack(exported({ 'general/2026-01-01.json': '[{"ts": tru}]' }))).rejects.toMatchObject({
      code: 'INVALID_JSON',
    });
  });

  test('damage of the ZIP itself is never taken for damage of a day', async () => {
    const bytes = exported({ 'general/2026-01-01.json': good });
    const whole = Buffer.from(bytes);
    // The last byte of the last entry's data lies before the directory.
    const directory = bytes.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    whole[directory - 20] = (whole[directory - 20] ?? 0) ^ 0xff;
    await expect(readSlack(whole)).rejects.toMatchObject({ code: expect.stringMatching(/ZIP/) });
  });
});
