import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonLines, outcome, readSessions } from '../json-lines/testing/read-with.ts';
import { claudeCode } from './reader.ts';

const CODES =
  /^(INVALID_|NOT_A|MISSING_|RECORD_TOO_|UNKNOWN_|DUPLICATE_|ID_REPLACED|ORPHAN_|CYCLE_|DANGLING_|TEXT_REPAIRED|UNREADABLE_)/;

const good = (uuid: string, text = 'Sort.') => ({
  type: 'user',
  uuid,
  sessionId: 's',
  parentUuid: null,
  timestamp: '2026-03-04T05:06:07Z',
  message: { role: 'user', content: text },
});

describe('damaged sessions', () => {
  test('a broken line is one issue with its place', async () => {
    const lines = ['{"type":"user", oops', good('a'), '[1]', '{"a":1} x', '', good('b')];
    const { conversations, issues, surveyed } = await readSessions(claudeCode, jsonLines(lines));
    expect(conversations[0]?.messages).toHaveLength(2);
    expect(issues.map(({ code, location }) => `${code} ${location}`)).toEqual([
      'INVALID_RECORD $:1',
      'NOT_A_CONVERSATION $:3',
      'INVALID_RECORD $:4',
    ]);
    expect(surveyed).toBe(4);
  });

  test('lines that are too deep or too large are refused on their own', async () => {
    const deep = `{"a":${'['.repeat(2000)}${']'.repeat(2000)}}`;
    const large = JSON.stringify(good('l', 'x'.repeat(5000)));
    const lines = jsonLines([good('a'), large, deep, good('b')]);
    const { conversations, issues } = await readSessions(claudeCode, lines, { maxRecordBytes: 4500 });
    expect(conversations[0]?.messages).toHaveLength(2);
    expect(issues.map(({ code }) => code)).toEqual(['RECORD_TOO_LARGE', 'RECORD_TOO_DEEP']);
  });

  test('NUL, lone surrogates, wrong UTF-8 and long ids are repaired and reported', async () => {
    const odd = { ...good('a', 'x\0\uD800'), sessionId: 's'.repeat(600) };
    const text = jsonLines([odd]).replace('Z"', '#"');
    const bytes = Buffer.from(text);
    bytes[bytes.indexOf('#')] = 0xff;
    const { conversations } = await readSessions(claudeCode, bytes);
    expect(conversations[0]?.messages[0]?.text).toBe('x\uFFFD');
    expect(conversations[0]?.externalId).toMatch(/^sha256:/);
    expect(conversations[0]?.issues.map(({ code }) => code)).toEqual([
      'ID_REPLACED',
      'INVALID_UTF8',
      'TEXT_REPAIRED',
      'INVALID_TIMESTAMP',
    ]);
  });

  test('a file cut off anywhere is read up to there, or is an error with a code', async () => {
    const text = jsonLines([good('a', 'é🌱'), { ...good('b'), parentUuid: 'a' }, good('c')]);
    const bytes = Buffer.from(text);
    for (let end = 0; end < bytes.length; end++) {
      const read = await outcome(claudeCode, bytes.subarray(0, end));
      if (read === null || typeof read === 'string') continue;
      const complete = bytes.subarray(0, end).toString().split('"}}').length - 1;
      expect(read.conversations[0]?.messages).toHaveLength(complete);
      expect(read.surveyed).toBe(read.conversations.length + read.issues.length);
    }
  });

  test('arbitrary lines are read or reported', async () => {
    const block = fc.record(
      {
        type: fc.constantFrom('text', 'thinking', 'tool_use', 'tool_result', 'x', 3),
        text: fc.jsonValue(),
        content: fc.jsonValue(),
        id: fc.jsonValue(),
        tool_use_id: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const id = fc.oneof(fc.constantFrom('a', 'b', 'c', null), fc.jsonValue());
    const any = fc.record(
      {
        type: fc.constantFrom('user', 'assistant', 'system', 'attachment', 'summary', 'progress', 'x', null),
        uuid: id,
        parentUuid: id,
        logicalParentUuid: id,
        leafUuid: id,
        sessionId: id,
        summary: fc.jsonValue(),
        timestamp: fc.jsonValue(),
        isSidechain: fc.jsonValue(),
        attachment: fc.oneof(
          fc.jsonValue(),
          fc.record({ type: fc.constant('queued_command'), prompt: fc.jsonValue() }),
        ),
        content: fc.jsonValue(),
        message: fc.oneof(
          fc.jsonValue(),
          fc.record({
            role: fc.constantFrom('user', 'assistant', 'x'),
            content: fc.oneof(fc.array(block), fc.jsonValue()),
          }),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(any, fc.string())), async (lines) => {
        const read = await readSessions(claudeCode, jsonLines([good('known'), ...lines.map((line) => line as object)]));
        expect(read.surveyed).toBe(read.conversations.length + read.issues.length);
        const inside = read.conversations.flatMap(({ issues }) => issues);
        for (const { code } of [...read.issues, ...inside]) expect(code).toMatch(CODES);
        for (const { text, metadata, raw } of read.conversations.flatMap(({ messages }) => messages)) {
          expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
          expect(JSON.stringify(metadata).includes('\\u0000')).toBe(false);
          expect(() => JSON.parse(raw)).not.toThrow();
        }
        for (const { raw } of read.conversations) expect(() => JSON.parse(raw)).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });
});
