/** The public sessions, counted a second time by the plainest means, sharing no code with the reader. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readSessions } from '../json-lines/testing/read-with.ts';
import { claudeCode } from './reader.ts';

const FIXTURES = new URL('../../../../../../shared/fixtures/exports/claude-code/', import.meta.url);

/** Per session: messages, USER, ASSISTANT, TOOL, SYSTEM, hidden, on the active path; then codes of issues. Checked by hand. */
const EXPECTED: Record<string, [Record<string, number[]>, string[]]> = {
  'polylogue-claude-normalization-main.jsonl': [
    {
      'claude-normalization-other': [2, 1, 1, 0, 0, 0, 2],
      'claude-normalization-main': [10, 3, 3, 2, 2, 6, 7],
    },
    ['MISSING_MESSAGE_ID $:8', 'MISSING_MESSAGE_ID $:13', 'DUPLICATE_MESSAGE_ID $:6'],
  ],
  'simonw-sample_session.jsonl': [{ 'test-session-id': [7, 2, 3, 2, 0, 3, 7] }, []],
};

describe('public sessions', () => {
  for (const [name, [sessions, codes]] of Object.entries(EXPECTED)) {
    const path = new URL(name, FIXTURES);
    const testWith = existsSync(path) ? test : test.skip;
    testWith(`${name} gives what an independent count finds`, async () => {
      const bytes = readFileSync(path);
      const { conversations, issues, surveyed } = await readSessions(claudeCode, bytes);
      const found = conversations.map(({ externalId, messages }) => {
        const of = (role: string) => messages.filter((message) => message.role === role).length;
        const hidden = messages.filter((message) => message.hidden).length;
        const active = messages.filter(({ onActivePath }) => onActivePath).length;
        return [externalId, [messages.length, of('USER'), of('ASSISTANT'), of('TOOL'), of('SYSTEM'), hidden, active]];
      });
      expect(Object.fromEntries(found)).toEqual(sessions);
      const all = [...issues, ...conversations.flatMap((conversation) => conversation.issues)];
      expect(all.map(({ code, location }) => `${code} ${location}`)).toEqual(codes);
      expect(surveyed).toBe(Object.keys(sessions).length);

      const lines = bytes.toString('utf8').trim().split('\n');
      const parsed = lines.map((line) => JSON.parse(line));
      const speaking = lines.filter((_, index) => parsed[index].message);
      const perSession = Object.groupBy(
        parsed.filter(({ message }) => message),
        ({ sessionId }) => sessionId,
      );
      for (const { externalId, messages } of conversations) {
        expect(messages).toHaveLength(perSession[externalId]?.length ?? -1);
        for (const { raw } of messages) expect(speaking).toContain(raw);
      }
    });
  }
});
