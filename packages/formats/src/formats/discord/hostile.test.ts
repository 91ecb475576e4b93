import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ParseIssueCode } from '../../model.ts';
import { zipOf } from '../../testing/write-zip.ts';
import { expectSound, outcomeOf } from '../chats/testing/read-with.ts';
import { discord } from './reader.ts';

const CODES: readonly ParseIssueCode[] = [
  'INVALID_RECORD',
  'INVALID_MESSAGE',
  'INVALID_CONTENT',
  'RECORD_TOO_DEEP',
  'INVALID_UTF8',
  'UNKNOWN_CONTENT_TYPE',
  'MISSING_MESSAGE_ID',
  'DUPLICATE_MESSAGE_ID',
  'ID_REPLACED',
  'INVALID_TIMESTAMP',
  'TEXT_REPAIRED',
  'VALUE_SHORTENED',
];

const outcome = (bytes: Uint8Array) => outcomeOf(discord, bytes);
const message = {
  id: '11',
  type: 'Default',
  timestamp: '2026-01-01T00:00:00Z',
  content: 'é🌱\\"',
  author: { name: 'a' },
};
const sample = {
  guild: { id: '9', name: 'G' },
  channel: { id: '7', name: 'c' },
  messages: [message, { ...message, id: '12' }],
  messageCount: 2,
};
const bytes = Buffer.from(JSON.stringify(sample));

describe('content that is not what DiscordChatExporter writes', () => {
  test('a file cut off anywhere is an error with a code, or no export', async () => {
    expect(await outcome(bytes)).toMatchObject({ conversations: [{ issues: [] }] });
    const codes = new Set<unknown>();
    for (let end = 0; end < bytes.length; end++) codes.add(await outcome(bytes.subarray(0, end)));
    expect(codes).toEqual(new Set(['EMPTY_FILE', null, 'TRUNCATED_ARCHIVE']));
  });

  test('a ZIP cut off anywhere is an error with a code', async () => {
    const zip = zipOf({ 'a.json': bytes });
    for (let end = 2; end < zip.length; end++) expect(typeof (await outcome(zip.subarray(0, end)))).toBe('string');
  });

  test('any byte changed, in a file or in a ZIP, is read or reported', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (at, byte) => {
        const changed = Buffer.from(bytes);
        changed[at] = byte;
        expectSound(await outcome(changed), CODES);
        expectSound(await outcome(zipOf({ 'a.json': changed })), CODES);
      }),
      { numRuns: 300 },
    );
  });

  test('arbitrary JSON in the place of messages is read or reported', async () => {
    const any = fc.jsonValue();
    const anyMessage = fc.record(
      {
        id: fc.oneof(any, fc.constantFrom('11', '12')),
        type: fc.oneof(any, fc.constantFrom('Reply', 'Call', '21')),
        timestamp: fc.oneof(any, fc.constant(message.timestamp)),
        content: fc.oneof(any, fc.string({ unit: 'binary' })),
        author: fc.oneof(any, fc.record({ id: any, nickname: any, isBot: any })),
        embeds: fc.oneof(any, fc.array(fc.record({ title: any, fields: any }))),
        reactions: fc.oneof(any, fc.array(fc.record({ emoji: any, users: any }))),
        mentions: any,
        reference: fc.oneof(any, fc.record({ messageId: any, channelId: any })),
        forwardedMessage: any,
        interaction: any,
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(any, anyMessage)), any, async (messages, value) => {
        const file = {
          guild: { id: value, name: value },
          channel: { id: value, name: value, topic: value },
          dateRange: value,
          messages: [message, ...messages],
        };
        expectSound(await outcome(Buffer.from(JSON.stringify(file))), CODES);
      }),
      { numRuns: 300 },
    );
  });

  test('nesting of 100,000 levels costs its message', async () => {
    const deep = bytes
      .toString()
      .replace('"messages":[', `"messages":[{"embeds":${'['.repeat(100_000)}${']'.repeat(100_000)}},`);
    expect(await outcome(Buffer.from(deep))).toMatchObject({
      conversations: [{ messages: [{}, {}], issues: [{ code: 'RECORD_TOO_DEEP' }] }],
    });
  });
});
