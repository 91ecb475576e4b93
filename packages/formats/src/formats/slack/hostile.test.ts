import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ParseIssueCode } from '../../model.ts';
import { zipOf } from '../../testing/write-zip.ts';
import { allIssues, expectSound, outcomeOf } from '../chats/testing/read-with.ts';
import { slack } from './reader.ts';

const CODES: readonly ParseIssueCode[] = [
  'INVALID_RECORD',
  'INVALID_MESSAGE',
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

const outcome = (bytes: Uint8Array) => outcomeOf(slack, bytes);

const user = { id: 'U1', team_id: 'T1', profile: { display_name: 'Ann é🌱' } };
const message = { type: 'message', user: 'U1', ts: '1767225600.000100', text: 'hi <@U1> é🌱\\"' };
const sample = {
  'users.json': JSON.stringify([user]),
  'channels.json': JSON.stringify([{ id: 'C1', name: 'general' }]),
  'general/2026-01-01.json': JSON.stringify([message, { ...message, ts: '1767225600.000200' }]),
};

describe('content that is not what Slack exports', () => {
  test('a ZIP cut off anywhere is an error with a code', async () => {
    const bytes = zipOf(sample);
    expect(await outcome(bytes)).toMatchObject({ conversations: [{ issues: [] }], issues: [] });
    for (let end = 2; end < bytes.length; end++) expect(typeof (await outcome(bytes.subarray(0, end)))).toBe('string');
  });

  test.each(Object.keys(sample) as (keyof typeof sample)[])('%s cut off anywhere is read or reported', async (name) => {
    for (let end = 0; end < sample[name].length; end++) {
      const cut = await outcome(zipOf({ ...sample, [name]: sample[name].slice(0, end) }));
      expectSound(cut, CODES);
      const issues = cut === null || typeof cut === 'string' ? [cut] : allIssues(cut);
      expect(issues.length).toBeGreaterThan(0);
    }
  });

  test('any byte of the messages changed is read or reported', async () => {
    const bytes = Buffer.from(sample['general/2026-01-01.json']);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (at, byte) => {
        const changed = Buffer.from(bytes);
        changed[at] = byte;
        expectSound(await outcome(zipOf({ ...sample, 'general/2026-01-01.json': changed })), CODES);
      }),
      { numRuns: 300 },
    );
  });

  test('arbitrary JSON in the place of messages, users and channels is read or reported', async () => {
    const any = fc.jsonValue();
    const anyMessage = fc.record(
      {
        ts: fc.oneof(any, fc.constantFrom('1767225600.000100', '1767225600.000200')),
        subtype: fc.oneof(any, fc.constantFrom('tombstone', 'message_changed', 'bot_message')),
        user: fc.oneof(any, fc.constant('U1')),
        text: fc.oneof(any, fc.string({ unit: 'binary' })),
        blocks: any,
        attachments: fc.oneof(any, fc.array(fc.record({ fields: any, blocks: any, title: any }))),
        original: any,
        files: any,
        reactions: any,
        edited: any,
        thread_ts: any,
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(any, anyMessage)), fc.array(any), any, async (messages, users, value) => {
        const files = {
          'users.json': JSON.stringify([user, ...users, { id: 'U2', profile: value, name: value, team_id: value }]),
          'channels.json': JSON.stringify([{ id: value, name: 'general', members: value, created: value }, value]),
          'general/2026-01-01.json': JSON.stringify([message, ...messages]),
        };
        expectSound(await outcome(zipOf(files)), CODES);
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  test('nesting of 100,000 levels costs its message', async () => {
    const deep = `[${JSON.stringify(message)}, {"blocks": ${'['.repeat(100_000)}${']'.repeat(100_000)}}]`;
    const found = await outcome(zipOf({ ...sample, 'general/2026-01-01.json': deep }));
    expect(found).toMatchObject({ conversations: [{ messages: [{}], issues: [{ code: 'RECORD_TOO_DEEP' }] }] });
  });
});
