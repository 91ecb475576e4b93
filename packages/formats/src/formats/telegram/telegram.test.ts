import { describe, expect, test } from '@jest/globals';
import { openArchive } from '../../archive/view.ts';
import { DEFAULT_LIMITS } from '../../limits.ts';
import { bytesSource } from '../../source.ts';
import { toBytes } from '../../testing/read-all.ts';
import { zipOf } from '../../testing/write-zip.ts';
import type { ReadContext } from '../reader.ts';
import { telegram } from './reader.ts';
import { read, readChat } from './testing/read.ts';
import { account, chat, message, START } from './testing/samples.ts';

const CONTEXT: ReadContext = { limits: DEFAULT_LIMITS, signal: undefined };

describe('a chat of a Telegram export', () => {
  test('is a chain of messages with speakers, times and replies', async () => {
    const conversation = await readChat(
      chat([
        message(1, 'Shall we plant beans?'),
        message(2, 'Yes', { from: 'Bob', from_id: 'user22', reply_to_message_id: 1, edited_unixtime: '1700000500' }),
        message(3, 'Look', { forwarded_from: 'Garden news', photo: 'photos/bed.jpg', width: 4, height: 3 }),
      ]),
    );
    expect(conversation).toMatchObject({ platform: 'telegram', externalId: 'user22', title: 'Bob', issues: [] });
    expect(conversation.messages).toMatchObject([
      { externalId: '1', parentExternalId: null, role: 'USER', author: 'Ann', text: 'Shall we plant beans?' },
      {
        externalId: '2',
        parentExternalId: '1',
        author: 'Bob',
        metadata: { replyTo: '1', edited_unixtime: '1700000500' },
      },
      { externalId: '3', parentExternalId: '2', contentType: 'photo', metadata: { forwarded_from: 'Garden news' } },
    ]);
    expect(conversation.messages.map(({ sequence }) => sequence)).toEqual([0, 1, 2]);
    expect(conversation.messages[0]?.createdAt).toEqual(new Date((START + 1) * 1000));
    expect(JSON.parse(conversation.messages[0]?.raw ?? '')).toEqual(message(1, 'Shall we plant beans?'));
    expect(JSON.parse(conversation.raw)).toEqual({ ...chat([]) });
  });

  test.each([
    ['a string', 'plain', 'plain'],
    ['pieces', ['see ', { type: 'link', text: 'https://example.org' }, ' now'], 'see https://example.org now'],
    ['one piece', { type: 'bold', text: 'loud' }, 'loud'],
    ['nothing', [], ''],
  ])('says what its text says as %s', async (_, text, expected) => {
    const { messages, issues } = await readChat(chat([message(1, text)]));
    expect(messages[0]?.text).toBe(expected);
    expect(issues).toEqual([]);
  });

  test.each([
    [
      { poll: { question: 'When?', answers: [{ text: 'May', voters: 1 }, { text: 'June' }] } },
      'When?\n- May\n- June',
      'poll',
    ],
    [
      { todo_list: { title: 'Buy', answers: [{ text: [{ type: 'plain', text: 'soil' }] }] } },
      'Buy\n- soil',
      'todo_list',
    ],
    [{ file: 'voice/1.ogg', media_type: 'voice_message', duration_seconds: 3 }, '', 'voice_message'],
    [{ location_information: { latitude: 1, longitude: 2 } }, '', 'location_information'],
    [{ game_title: 'Chess', game_description: 'Play' }, 'Chess\nPlay', 'game_title'],
  ])('without a text says %j', async (more, text, contentType) => {
    const { messages } = await readChat(chat([message(1, '', more)]));
    expect(messages).toMatchObject([{ text, contentType }]);
  });

  test('keeps addresses behind words, and reactions', async () => {
    const { messages } = await readChat(
      chat([
        message(1, ['read ', { type: 'text_link', text: 'this', href: 'https://example.org/a' }], {
          text_entities: [{ type: 'text_link', text: 'this', href: 'https://example.org/a' }],
          reactions: [{ type: 'emoji', emoji: '👍', count: 2, recent: [{ from: 'Bob' }] }],
        }),
      ]),
    );
    expect(messages[0]?.metadata).toMatchObject({
      links: ['https://example.org/a'],
      reactions: [{ type: 'emoji', emoji: '👍', count: 2 }],
    });
  });

  test('has hidden service messages, speaking bots, and messages that Telegram could not export', async () => {
    const { messages, issues } = await readChat(
      chat(
        [
          {
            ...message(1, ''),
            type: 'service',
            actor: 'Ann',
            actor_id: 'user11',
            action: 'pin_message',
            message_id: 9,
          },
          message(2, 'beep', { from: 'Helper', from_id: 'user33' }),
          { id: 3, type: 'unsupported' },
        ],
        { type: 'bot_chat', id: 33, name: 'Helper' },
      ),
    );
    expect(messages).toMatchObject([
      { role: 'SYSTEM', hidden: true, author: 'Ann', contentType: 'service:pin_message', metadata: { message_id: 9 } },
      { role: 'ASSISTANT', hidden: false, author: 'Helper' },
      { role: 'USER', contentType: 'unsupported', createdAt: null, text: '' },
    ]);
    expect(issues).toEqual([]);
  });

  test('is put in the order of time; what has no time stays where it is', async () => {
    const undated = { ...message(5, 'e'), date: undefined, date_unixtime: undefined };
    const { messages } = await readChat(chat([message(3, 'c'), undated, message(1, 'a')]));
    expect(messages.map(({ externalId, parentExternalId }) => [externalId, parentExternalId])).toEqual([
      ['1', null],
      ['3', '1'],
      ['5', '3'],
    ]);
  });

  test('loses and doubles nothing when ids repeat or are missing', async () => {
    const { id: _, ...nameless } = message(7, 'no id');
    const { messages, issues } = await readChat(
      chat([
        message(1, 'one'),
        message(1, 'one'),
        { ...message(1, 'another'), date_unixtime: '1700000009' },
        nameless,
        'odd',
      ]),
    );
    expect(messages.map(({ externalId }) => externalId)).toEqual(['1', expect.stringMatching(/^sha256:/), '1~2']);
    expect(issues.map(({ code }) => code)).toEqual([
      'DUPLICATE_MESSAGE_ID',
      'DUPLICATE_MESSAGE_ID',
      'MISSING_MESSAGE_ID',
      'INVALID_MESSAGE',
    ]);
  });

  test('says that local times have no zone where the export is too old to have others', async () => {
    const { date_unixtime: _, ...old } = message(1, 'old');
    const { messages } = await readChat(chat([old]));
    expect(messages).toMatchObject([
      { createdAt: new Date('2023-11-14T23:13:20Z'), metadata: { timeZone: 'unknown' } },
    ]);
  });

  test('is read although control characters are written as no JSON allows', async () => {
    const text = JSON.stringify(chat([message(1, 'a#b \\x41')], { name: 'x#y' })).replaceAll('#', '\\x0B');
    const { title, messages, raw } = await readChat(text);
    expect([title, messages[0]?.text]).toEqual(['x\u000by', 'a\u000bb \\x41']);
    expect(JSON.parse(messages[0]?.raw ?? '').text).toBe('a\u000bb \\x41');
    expect(JSON.parse(raw).name).toBe('x\u000by');
  });

  test.each([
    ['personal_chat', 'user7'],
    ['bot_chat', 'user7'],
    ['saved_messages', 'user7'],
    ['private_group', 'chat7'],
    ['private_supergroup', 'channel7'],
    ['public_supergroup', 'channel7'],
    ['private_channel', 'channel7'],
    ['public_channel', 'channel7'],
  ])('of type %s and id 7 is %s', async (type, externalId) => {
    expect(await readChat(chat([], { type, id: 7 }))).toMatchObject({ externalId, metadata: { type } });
  });
});

describe('an export from before the middle of 2021', () => {
  const old = (id: number, from_id: number) => ({
    id,
    type: 'message',
    date: '2021-03-22T17:06:53',
    from_id,
    text: 'x',
  });

  test.each([
    ['private_channel', 8_589_934_592 + 77, 'channel77'],
    ['public_supergroup', 8_589_934_592 + 77, 'channel77'],
    ['private_group', 4_294_967_296 + 77, 'chat77'],
    ['personal_chat', 77, 'user77'],
  ])('has the type of a %s within its id %d', async (type, id, externalId) => {
    expect(await readChat(chat([old(1, 5)], { type, id }))).toMatchObject({ externalId });
  });

  test('has numbers for speakers, also for a bot', async () => {
    const { messages } = await readChat(chat([old(1, 33), old(2, 5)], { type: 'bot_chat', id: 33 }));
    expect(messages.map(({ role }) => role)).toEqual(['ASSISTANT', 'USER']);
  });
});

describe('the export of a whole account', () => {
  const content = account(
    [
      chat([message(1, 'hi')]),
      { type: 'saved_messages', id: 11, messages: [] },
      { name: 'broken', type: 'private_group' },
    ],
    [chat([message(2, 'bye')], { type: 'public_supergroup', id: 5 })],
  );

  test('yields each chat, also those that were left, one at a time', async () => {
    const result = await read(content);
    expect(result?.conversations.map(({ externalId, messages }) => [externalId, messages.length])).toEqual([
      ['user22', 1],
      ['user11', 0],
      ['channel5', 1],
    ]);
    expect(result?.issues).toMatchObject([{ code: 'MISSING_MESSAGES', location: '$.chats.list[2]' }]);
  });

  test('is read the same from chunks of any size', async () => {
    const bytes = toBytes(content);
    const archive = await openArchive(
      {
        ...bytesSource(bytes),
        async *stream(start = 0) {
          for (let at = start; at < bytes.length; at++) yield bytes.subarray(at, at + 1);
        },
      },
      DEFAULT_LIMITS,
      undefined,
    );
    const recognition = await telegram.recognise(archive);
    if (recognition === null) throw new Error('Expected a Telegram export.');
    const ids: string[] = [];
    for await (const record of telegram.read(archive, recognition, CONTEXT)) {
      if (record.kind === 'conversation') ids.push(record.conversation.externalId);
    }
    expect(ids).toEqual(['user22', 'user11', 'channel5']);
  });

  test('is recognised by its beginning even when the chats come far behind', async () => {
    const contacts = {
      about: '',
      list: Array.from({ length: 5000 }, (_, user_id) => ({ user_id, first_name: 'Someone' })),
    };
    const { about, personal_information, chats } = account([chat([message(1, 'hi')])]);
    const result = await read({ about, personal_information, contacts, chats });
    expect(result?.conversations).toHaveLength(1);
  });

  test('gives a chat the same identity as its own export does', async () => {
    const own = chat([message(1, 'hi'), message(2, 'there')]);
    const grown = chat([...own.messages, message(3, 'again')]);
    const [alone, within] = [await readChat(own), await readChat(account([grown]))];
    expect(within.externalId).toBe(alone.externalId);
    expect(within.messages.slice(0, 2)).toEqual(alone.messages);
  });

  test('without any chat is an empty export', async () => {
    const { about, personal_information, contacts } = account([]);
    expect(await read({ about, personal_information, contacts })).toMatchObject({ conversations: [], issues: [] });
  });
});

describe('recognition', () => {
  test.each([
    { guild: {}, channel: {}, messages: [] },
    { conversationId: 'x', title: 'y', messages: [] },
    { messages: [{ role: 'user', content: 'hi' }] },
    [{ ts: '1', type: 'message', text: 'x' }],
    { chats: [] },
    { type: 'chat', id: 1, messages: [{ role: 'user', text: 'hi' }] },
    { type: null, id: 1, messages: [] },
    'Dear diary',
  ])('leaves %j alone', async (content) => {
    expect(await read(content)).toBeNull();
  });

  test('takes a chat of a kind that Telegram itself does not know', async () => {
    expect((await read(chat([message(1, 'hi')], { type: null })))?.conversations).toHaveLength(1);
  });

  test('finds result.json in a ZIP, and every chat of several exports', async () => {
    const zip = zipOf({
      'ChatExport_1/result.json': JSON.stringify(chat([message(1, 'one')])),
      'ChatExport_1/files/data.json': JSON.stringify(chat([])),
      'ChatExport_2/result.json': JSON.stringify(chat([message(1, 'two')], { id: 23 })),
    });
    const result = await read(zip);
    expect(result?.conversations.map(({ externalId }) => externalId)).toEqual(['user22', 'user23']);
    expect(result?.recognition.reason).toBe(
      'a chat as Telegram Desktop exports it in ChatExport_1/result.json and 1 more',
    );
  });
});
