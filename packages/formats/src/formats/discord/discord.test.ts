import { describe, expect, test } from '@jest/globals';
import type { ArchiveLimits } from '../../limits.ts';
import { zipOf } from '../../testing/write-zip.ts';
import { readOwn, readWith } from '../chats/testing/read-with.ts';
import { discord } from './reader.ts';

const ANN = { id: '101', name: 'ann', discriminator: '0000', nickname: 'Ann', isBot: false, roles: [] };
const BOT = { id: '102', name: 'helper', discriminator: '1234', nickname: 'Helper', isBot: true, roles: [] };

const said = (id: string, content: string, more: object = {}) => ({
  id,
  type: 'Default',
  timestamp: `2026-01-0${id.at(-1)}T10:00:00.123+01:00`,
  timestampEdited: null,
  callEndedTimestamp: null,
  isPinned: false,
  content,
  author: ANN,
  attachments: [],
  embeds: [],
  stickers: [],
  reactions: [],
  mentions: [],
  ...more,
});

const channelOf = (messages: unknown, more: object = {}) => ({
  guild: { id: '900', name: 'Bakers', iconUrl: '' },
  channel: { id: '700', type: 'GuildTextChat', categoryId: '600', category: 'Talk', name: 'bread', topic: 'Loaves' },
  dateRange: { after: null, before: null },
  exportedAt: '2026-02-01T00:00:00+00:00',
  messages,
  messageCount: Array.isArray(messages) ? messages.length : 0,
  ...more,
});

const toBytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value, null, 2));
const readDiscord = (bytes: Uint8Array, limits?: Partial<ArchiveLimits>) => readOwn(discord, bytes, limits);

async function readMessage(message: object) {
  const { conversations } = await readDiscord(toBytes(channelOf([message])));
  return { ...conversations[0]?.messages[0], codes: conversations[0]?.issues.map(({ code }) => code) };
}

describe('a Discord export', () => {
  test('is one channel, in the order of time', async () => {
    const { recognition, conversations } = await readDiscord(toBytes(channelOf([said('12', 'b'), said('11', 'a')])));
    expect(recognition.reason).toContain('a guild, a channel and its messages');
    expect(conversations).toMatchObject([
      {
        platform: 'discord',
        externalId: '700',
        title: 'Bakers / bread',
        url: 'https://discord.com/channels/900/700',
        metadata: { type: 'GuildTextChat', category: 'Talk', topic: 'Loaves', guild: { id: '900', name: 'Bakers' } },
        issues: [],
      },
    ]);
    expect(JSON.parse(conversations[0]?.raw ?? '')).toMatchObject({ channel: { id: '700' }, messages: [] });
    expect(
      conversations[0]?.messages.map(({ externalId, parentExternalId, sequence, author, text, createdAt }) => [
        externalId,
        parentExternalId,
        sequence,
        author,
        text,
        createdAt?.toISOString(),
      ]),
    ).toEqual([
      ['11', null, 0, 'Ann', 'a', '2026-01-01T09:00:00.123Z'],
      ['12', '11', 1, 'Ann', 'b', '2026-01-02T09:00:00.123Z'],
    ]);
  });

  test('of direct messages is named after the person', async () => {
    const direct = channelOf([said('11', 'a')], {
      guild: { id: '0', name: 'Direct Messages' },
      channel: { id: '701', type: 'DirectTextChat', category: 'Private', name: 'Ann' },
    });
    expect((await readDiscord(toBytes(direct))).conversations).toMatchObject([
      { title: 'Ann', url: 'https://discord.com/channels/@me/701' },
    ]);
  });

  test('of many channels is a ZIP; files of one channel are one conversation', async () => {
    const other = channelOf([said('21', 'other')], { channel: { id: '702', name: 'cakes' } });
    const files = {
      'Bakers - bread [700] [part 2].json': channelOf([said('12', 'b'), said('13', 'c')]),
      'Bakers - cakes [702].json': other,
      'Bakers - bread [700].json': channelOf([said('11', 'a'), said('12', 'b', { reactions: [{ count: 1 }] })]),
      'notes.json': { mine: true },
    };
    const zip = zipOf(Object.fromEntries(Object.entries(files).map(([name, file]) => [name, JSON.stringify(file)])));
    const { conversations } = await readDiscord(zip);
    expect(conversations.map(({ externalId, messages }) => [externalId, messages.map(({ text }) => text)])).toEqual([
      ['700', ['a', 'b', 'c']],
      ['702', ['other']],
    ]);
    expect(conversations[0]?.issues.map(({ code }) => code)).toEqual(['DUPLICATE_MESSAGE_ID']);
  });

  test('without messages is a conversation without messages', async () => {
    expect((await readDiscord(toBytes(channelOf([])))).conversations).toMatchObject([
      { externalId: '700', messages: [] },
    ]);
  });

  test('is neither a Telegram export nor a list of messages', async () => {
    for (const foreign of [{ name: 'Ann', type: 'personal_chat', id: 1, messages: [] }, [said('11', 'a')]]) {
      expect(await readWith(discord, toBytes(foreign))).toBeNull();
    }
  });

  test('that is too large to be held is split, the first part keeping the id of the channel', async () => {
    const messages = [1, 2, 3, 4].map((day) => said(`1${day}`, 'x'.repeat(500)));
    const { conversations } = await readDiscord(toBytes(channelOf(messages)), { maxRecordBytes: 2100 });
    expect(
      conversations.map(({ externalId, metadata, messages: { length } }) => [externalId, metadata.part, length]),
    ).toEqual([
      ['700', undefined, 2],
      ['700~13', 2, 2],
    ]);
  });
});

describe('a Discord message', () => {
  test.each([
    ['Default', ANN, 'USER', false],
    ['Reply', ANN, 'USER', false],
    ['Default', BOT, 'TOOL', false],
    ['20', BOT, 'TOOL', false],
    ['GuildMemberJoin', ANN, 'SYSTEM', true],
    ['ThreadCreated', ANN, 'SYSTEM', true],
    ['8', ANN, 'SYSTEM', true],
  ])('of type %s', async (type, author, role, hidden) => {
    expect(await readMessage(said('11', 'x', { type, author }))).toMatchObject({
      role,
      hidden,
      contentType: type,
      codes: [],
    });
  });

  test.each([
    [{ messageId: '10', channelId: '700', guildId: '900' }, '10'],
    [{ type: 'Default', messageId: '10', channelId: null, guildId: null }, '10'],
    [{ type: 'Forward', messageId: '10', channelId: '700' }, undefined],
    [{ messageId: '10', channelId: '999' }, undefined],
  ])('with the reference %j replies to %s', async (reference, replyTo) => {
    const { metadata } = await readMessage(said('11', 'x', { type: 'Reply', reference }));
    expect(metadata).toMatchObject({ reference: expect.any(Object) });
    expect(metadata?.replyTo).toBe(replyTo);
  });

  test('keeps what hangs on it', async () => {
    const message = said('11', 'look', {
      isPinned: true,
      timestampEdited: '2026-01-02T00:00:00+00:00',
      attachments: [{ id: '1', url: 'files/a.png', fileName: 'a.png', fileSizeBytes: 5 }],
      embeds: [{ title: 'A page', url: 'https://x.org', description: 'About it' }],
      stickers: [{ id: '2', name: 'Wave', format: 'Png', sourceUrl: 'https://x.org/s' }],
      reactions: [{ emoji: { id: '', name: '🎉', code: 'tada' }, count: 2, users: [{ id: '102' }] }],
      mentions: [BOT],
    });
    expect(await readMessage(message)).toMatchObject({
      text: 'look',
      codes: [],
      metadata: {
        user: { id: '101', name: 'ann' },
        isPinned: true,
        timestampEdited: '2026-01-02T00:00:00+00:00',
        attachments: [{ fileName: 'a.png', fileSizeBytes: 5 }],
        embeds: [{ title: 'A page' }],
        stickers: [{ name: 'Wave', format: 'Png' }],
        reactions: [{ name: '🎉', code: 'tada', count: 2, users: ['102'] }],
        mentions: [{ id: '102', nickname: 'Helper' }],
      },
    });
  });

  test.each([
    [{ content: 'hi <@102> <@!102> <@5> <:wave:77>', mentions: [BOT] }, 'hi @Helper @Helper <@5> :wave:'],
    [{ content: '', forwardedMessage: { content: 'passed on' } }, 'passed on'],
    [{ content: '', embeds: [{ title: 'T', description: 'D', fields: [{ name: 'n', value: 'v' }] }] }, 'T\nD\nn: v'],
    [{ content: 'mine', embeds: [{ title: 'preview' }] }, 'mine'],
    [{ content: 'report', author: BOT, embeds: [{ title: 'T' }] }, 'report\n\nT'],
    [{ content: '' }, ''],
  ])('%j says %j', async (more, text) => {
    expect(await readMessage(said('11', '', more))).toMatchObject({ text, codes: [] });
  });

  test.each([
    [{ type: 'MoonLanding' }, ['UNKNOWN_CONTENT_TYPE']],
    [{ id: undefined }, ['MISSING_MESSAGE_ID']],
    [{ timestamp: 'noon' }, ['INVALID_TIMESTAMP']],
    [{ content: ['x'] }, ['INVALID_CONTENT']],
    [{ content: 'a\0b\uD800' }, ['TEXT_REPAIRED']],
  ])('%j is kept and reported', async (more, codes) => {
    expect(await readMessage(said('11', 'x', more))).toMatchObject({ role: 'USER', author: 'Ann', codes });
  });
});

describe('a damaged Discord export', () => {
  const cut =
    JSON.stringify(channelOf([said('11', 'a'), said('12', 'b'), said('13', 'c')])).split(',{"id":"13"')[0] ?? '';

  test('by itself is refused; among others it costs what follows the damage', async () => {
    await expect(readDiscord(toBytes(cut))).rejects.toMatchObject({ code: 'TRUNCATED_ARCHIVE' });
    const whole = JSON.stringify(channelOf([said('21', 'other')], { channel: { id: '702', name: 'cakes' } }));
    const { conversations } = await readDiscord(zipOf({ 'cut.json': cut, 'whole.json': whole }));
    expect(conversations.map(({ messages }) => messages.map(({ text }) => text))).toEqual([['a', 'b'], ['other']]);
    expect(conversations[0]?.issues).toMatchObject([{ code: 'INVALID_RECORD', location: 'cut.json' }]);
  });

  test('a message that cannot be read costs no other', async () => {
    const text = JSON.stringify(channelOf(['BROKEN', 7, said('11', 'a')])).replace('"BROKEN"', '{"id": tru}');
    const { conversations } = await readDiscord(toBytes(text));
    expect(conversations[0]?.messages).toHaveLength(1);
    expect(conversations[0]?.issues.map(({ code, location }) => [code, location])).toEqual([
      ['INVALID_MESSAGE', '$.messages[0]'],
      ['INVALID_MESSAGE', '$.messages[1]'],
    ]);
  });

  test('an export in which no message can be read is refused', async () => {
    await expect(readDiscord(toBytes(channelOf([7])))).rejects.toMatchObject({ code: 'INVALID_JSON' });
    const large = toBytes(channelOf([said('11', 'x'.repeat(900))]));
    await expect(readDiscord(large, { maxRecordBytes: 800 })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED_RECORD' });
  });
});
