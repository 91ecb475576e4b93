import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonLines, outcome, readSessions } from '../json-lines/testing/read-with.ts';
import { codex } from './reader.ts';

const CODES =
  /^(INVALID_|NOT_A|MISSING_|RECORD_TOO_|UNKNOWN_|DUPLICATE_|ID_REPLACED|ORPHAN_|CYCLE_|DANGLING_|TEXT_REPAIRED|UNREADABLE_)/;

const META = { timestamp: '2026-03-04T05:06:07Z', type: 'session_meta', payload: { id: 's' } };
const said = (text: string) => ({
  timestamp: '2026-03-04T05:06:08Z',
  type: 'response_item',
  payload: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
});

describe('damaged rollouts', () => {
  test('a broken first line costs nothing else', async () => {
    const { conversations, issues } = await readSessions(codex, jsonLines(['oops', said('Hi'), META, said('Ho')]));
    expect(issues.map(({ code, location }) => `${code} ${location}`)).toEqual(['INVALID_RECORD $:1']);
    expect(conversations).toHaveLength(1);
    expect(conversations[0]?.messages).toHaveLength(2);
  });

  test('a file cut off anywhere is read up to there, or is an error with a code', async () => {
    const bytes = Buffer.from(jsonLines([META, said('é🌱'), said('b')]));
    for (let end = 0; end < bytes.length; end++) {
      const read = await outcome(codex, bytes.subarray(0, end));
      if (read === null || typeof read === 'string') continue;
      const complete = bytes.subarray(0, end).toString().split('}]}}').length - 1;
      expect(read.conversations[0]?.messages.length ?? 0).toBe(complete);
      expect(read.surveyed).toBe(read.conversations.length + read.issues.length);
    }
  });

  test('arbitrary lines are read or reported', async () => {
    const kind = fc.constantFrom('session_meta', 'response_item', 'event_msg', 'turn_context', 'compacted', 'x', null);
    const type = fc.constantFrom('message', 'reasoning', 'function_call', 'x_output', 'user_message', 'agent_message');
    const payload = fc.record(
      {
        type: fc.oneof(type, fc.constantFrom('thread_rolled_back', 'agent_reasoning'), fc.jsonValue()),
        id: fc.oneof(fc.constantFrom('s', 't'), fc.jsonValue()),
        forked_from_id: fc.constantFrom('s', 't', null),
        source: fc.jsonValue(),
        role: fc.constantFrom('user', 'assistant', 'x', null),
        content: fc.oneof(fc.jsonValue(), fc.array(fc.record({ text: fc.jsonValue() }))),
        message: fc.oneof(fc.constantFrom('a', 'b'), fc.jsonValue()),
        num_turns: fc.oneof(fc.integer(), fc.double(), fc.jsonValue()),
        call_id: fc.jsonValue(),
        output: fc.jsonValue(),
        arguments: fc.jsonValue(),
        summary: fc.jsonValue(),
        model: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const wrapped = fc.record({ timestamp: fc.jsonValue(), type: kind, payload: fc.oneof(payload, fc.jsonValue()) });
    const any = fc.oneof(wrapped, payload, fc.string());
    await fc.assert(
      fc.asyncProperty(fc.array(any), async (lines) => {
        const read = await readSessions(codex, jsonLines([META, said('known'), ...(lines as object[])]));
        expect(read.surveyed).toBe(read.conversations.length + read.issues.length);
        const inside = read.conversations.flatMap(({ issues }) => issues);
        for (const { code } of [...read.issues, ...inside]) expect(code).toMatch(CODES);
        for (const { messages, raw } of read.conversations) {
          expect(() => JSON.parse(raw)).not.toThrow();
          expect(new Set(messages.map(({ externalId }) => externalId)).size).toBe(messages.length);
          for (const { text } of messages) expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
