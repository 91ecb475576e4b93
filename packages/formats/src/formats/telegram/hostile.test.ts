import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toBytes } from '../../testing/read-all.ts';
import { codeOf } from '../chats/testing/read-with.ts';
import { telegram } from './reader.ts';
import { read as readTelegram } from './testing/read.ts';
import { account, chat, message } from './testing/samples.ts';

const outcome = (bytes: Uint8Array) => codeOf(telegram, bytes);

const SAMPLES: [string, Uint8Array][] = [
  ['a chat', toBytes(chat([message(1, ['é🌱\\"', { type: 'bold', text: 'x' }])]))],
  ['an account', toBytes(account([chat([message(1, 'a')])], [chat([])]))],
];

describe('content that is not what it should be', () => {
  test.each(SAMPLES)('%s cut off anywhere is never taken for whole', async (_, bytes) => {
    expect(await outcome(bytes)).toBeNull();
    const codes = new Set<string | null>();
    for (let end = 0; end < bytes.length; end++) codes.add(await outcome(bytes.subarray(0, end)));
    expect(codes.has(null)).toBe(false);
    expect(codes).toContain('TRUNCATED_ARCHIVE');
  });

  test.each(SAMPLES)('%s with any byte changed is read, or is an error with a code', async (_, bytes) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (at, byte) => {
        const changed = Buffer.from(bytes);
        changed[at] = byte;
        await outcome(changed);
      }),
      { numRuns: 150 },
    );
  });

  test('something behind an account is an error', async () => {
    expect(await outcome(Buffer.from(`${JSON.stringify(account([]))} {}`))).toBe('INVALID_JSON');
  });

  test('arbitrary messages are read or reported', async () => {
    const value = fc.jsonValue();
    const fields = fc.record(
      {
        id: value,
        type: value,
        date_unixtime: value,
        from: value,
        text: value,
        text_entities: value,
        poll: value,
        reactions: value,
        reply_to_message_id: value,
        media_type: value,
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(value, fields)), value, value, async (messages, name, id) => {
        const result = await readTelegram(account([{ name, id, type: 'private_group', messages }]));
        expect(result?.conversations).toHaveLength(1);
        const reported = result?.conversations[0]?.issues.filter(({ code }) => code === 'INVALID_MESSAGE') ?? [];
        const dropped = result?.conversations[0]?.issues.filter(({ message }) => message.includes('dropped')) ?? [];
        const read = result?.conversations[0]?.messages ?? [];
        expect(read.length + reported.length + dropped.length).toBe(messages.length);
        expect(read.every(({ sequence }, index) => sequence === index)).toBe(true);
        for (const { text } of read) expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
      }),
    );
  });

  test('a chat over the limit is reported, and the others are read', async () => {
    const result = await readTelegram(account([chat([message(1, 'x'.repeat(5000))]), chat([])]), {
      maxRecordBytes: 2000,
    });
    expect(result?.issues).toMatchObject([{ code: 'RECORD_TOO_LARGE', location: '$.chats.list[0]' }]);
    expect(result?.conversations).toHaveLength(1);
  });
});
