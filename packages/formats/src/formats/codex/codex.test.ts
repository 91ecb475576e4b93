import { describe, expect, test } from '@jest/globals';
import { zipOf } from '../../testing/write-zip.ts';
import { jsonLines, readSession, readSessions, readWith } from '../json-lines/testing/read-with.ts';
import { codex } from './reader.ts';

const SESSION = '0c0de000-1111-7222-8333-444455556666';
const PARENT = '0c0de000-9999-7222-8333-444455556666';

let second = 0;
function line(type: string, payload: object): object {
  second = (second + 1) % 60;
  return { timestamp: `2026-03-04T05:06:${String(second).padStart(2, '0')}.000Z`, type, payload };
}
const item = (payload: object) => line('response_item', payload);
const event = (type: string, more: object) => line('event_msg', { type, ...more });
const meta = (id: string, more: object = {}) =>
  line('session_meta', { id, timestamp: '2026-03-04T05:00:00Z', cwd: '/garden', cli_version: '0.139.0', ...more });
const model = (name: string) => line('turn_context', { cwd: '/garden', model: name });
const user = (text: string) => item(bare('user', text));
const assistant = (text: string) => item(bare('assistant', text));

function bare(role: string, text: string): object {
  return { type: 'message', role, content: [{ type: role === 'assistant' ? 'output_text' : 'input_text', text }] };
}

const EXCHANGE = [
  model('gpt-5-codex'),
  item(bare('developer', 'Be brief.')),
  user('<environment_context>\n  <cwd>/garden</cwd>\n</environment_context>'),
  user('Sort the seeds.'),
  event('user_message', { message: 'Sort the seeds.' }),
  event('agent_reasoning', { text: '**Looking**' }),
  item({ type: 'reasoning', summary: [{ type: 'summary_text', text: '**Looking**' }], encrypted_content: 'x' }),
  item({ type: 'function_call', name: 'shell', arguments: '{"command":["ls"]}', call_id: 'c1' }),
  item({ type: 'function_call_output', call_id: 'c1', output: 'oak' }),
  event('token_count', { info: null }),
  event('agent_message', { message: 'Sorted.' }),
  assistant('Sorted.'),
];

describe('a Codex session', () => {
  test('is a chain of items, without the events that repeat them', async () => {
    second = 0;
    const conversation = await readSession(codex, jsonLines([meta(SESSION, { git: { branch: 'main' } }), ...EXCHANGE]));
    const rows = conversation.messages.map(({ role, hidden, sequence, author, contentType, text }) => [
      sequence,
      role,
      hidden,
      author,
      contentType,
      text,
    ]);
    expect(rows).toEqual([
      [0, 'SYSTEM', true, null, 'message', 'Be brief.'],
      [1, 'SYSTEM', true, null, 'message', '<environment_context>\n  <cwd>/garden</cwd>\n</environment_context>'],
      [2, 'USER', false, null, 'message', 'Sort the seeds.'],
      [3, 'ASSISTANT', true, null, 'reasoning', '**Looking**'],
      [4, 'ASSISTANT', true, null, 'function_call', '{"command":["ls"]}'],
      [5, 'TOOL', true, 'shell', 'function_call_output', 'oak'],
      [6, 'ASSISTANT', false, null, 'message', 'Sorted.'],
    ]);
    expect(conversation).toMatchObject({
      platform: 'codex',
      externalId: SESSION,
      title: null,
      model: 'gpt-5-codex',
      createdAt: new Date('2026-03-04T05:00:00Z'),
      metadata: { cwd: '/garden', cli_version: '0.139.0', git: { branch: 'main' } },
      issues: [],
    });
    expect(conversation.messages[6]).toMatchObject({
      model: 'gpt-5-codex',
      externalId: expect.stringMatching(/^derived:/),
    });
    expect(conversation.messages[5]?.externalId).toBe('function_call_output:c1');
    // Whatever is no message is kept beside: the session's own line, the model, four events.
    expect(JSON.parse(conversation.raw)).toHaveLength(6);
  });

  test('keeps what only events say', async () => {
    const { messages } = await readSession(
      codex,
      jsonLines([
        meta(SESSION),
        event('user_message', { message: 'Sort.' }),
        assistant('Sorted.'),
        event('agent_message', { message: 'Sorted.' }),
        event('agent_message', { message: 'Sorted.' }),
      ]),
    );
    expect(messages.map(({ role, text, contentType }) => `${role} ${text} ${contentType}`)).toEqual([
      'USER Sort. user_message',
      'ASSISTANT Sorted. message',
      'ASSISTANT Sorted. agent_message',
    ]);
  });

  test('was a row of bare records in the first versions', async () => {
    const { externalId, messages, createdAt, metadata } = await readSession(
      codex,
      jsonLines([
        { id: SESSION, timestamp: '2025-06-07T08:09:10.000Z', instructions: null, git: { branch: 'main' } },
        { record_type: 'state' },
        bare('user', 'Sort.'),
        { record_type: 'state' },
        { type: 'reasoning', id: 'rs_1', summary: [] },
        { type: 'local_shell_call', id: 'lsc_1', call_id: 'c1', status: 'completed', action: { command: ['ls'] } },
        { type: 'function_call_output', call_id: 'c1', output: { content: 'oak', success: true } },
        bare('assistant', 'Sorted.'),
      ]),
    );
    expect(externalId).toBe(SESSION);
    expect(createdAt).toEqual(new Date('2025-06-07T08:09:10Z'));
    expect(metadata).toEqual({ git: { branch: 'main' } });
    expect(messages.map(({ role, text, externalId: id }) => [role, text, id.split(':')[0]])).toEqual([
      ['USER', 'Sort.', 'derived'],
      ['ASSISTANT', '', 'rs_1'],
      ['ASSISTANT', '{"command":["ls"]}', 'lsc_1'],
      ['TOOL', 'oak', 'function_call_output'],
      ['ASSISTANT', 'Sorted.', 'derived'],
    ]);
  });

  test('goes on as a branch where turns were taken back', async () => {
    const { messages } = await readSession(
      codex,
      jsonLines([
        meta(SESSION),
        user('One.'),
        assistant('First.'),
        user('Two.'),
        assistant('Second.'),
        event('thread_rolled_back', { num_turns: 1 }),
        user('Three.'),
        assistant('Third.'),
      ]),
    );
    const texts = new Map(messages.map(({ externalId, text }) => [externalId, text]));
    expect(
      messages.map(({ text, parentExternalId, sequence }) => [text, texts.get(parentExternalId ?? ''), sequence]),
    ).toEqual([
      ['One.', undefined, 0],
      ['First.', 'One.', 1],
      ['Two.', 'First.', null],
      ['Second.', 'Two.', null],
      ['Three.', 'First.', 2],
      ['Third.', 'Three.', 3],
    ]);
  });

  test('keeps the summary of a compacted history, hidden, and the name it was given', async () => {
    const { title, messages } = await readSession(
      codex,
      jsonLines([
        meta(SESSION),
        user('One.'),
        line('compacted', { message: 'One was said.', replacement_history: [bare('user', 'One.')] }),
        event('thread_name_updated', { thread_name: 'Seeds' }),
      ]),
    );
    expect(title).toBe('Seeds');
    expect(messages[1]).toMatchObject({
      text: 'One was said.',
      role: 'SYSTEM',
      hidden: true,
      contentType: 'compacted',
    });
  });

  test('reports what it does not know, and keeps it', async () => {
    const { issues, messages, raw } = await readSession(
      codex,
      jsonLines([
        meta(SESSION),
        item({ type: 'message', role: 'oracle', content: [{ type: 'text', text: 'Hm.' }] }),
        item({ type: 'message', role: 'user', content: 7 }),
        item({ type: 'horoscope', content: 'Stars.' }),
        line('weather', { sun: true }),
        line('weather', { sun: false }),
      ]),
    );
    expect(issues.map(({ code, location }) => `${code} ${location}`)).toEqual([
      'UNKNOWN_ROLE $:2',
      'INVALID_CONTENT $:3',
      'UNKNOWN_CONTENT_TYPE $:4',
      'UNKNOWN_CONTENT_TYPE $:5',
    ]);
    expect(messages.map(({ text }) => text)).toEqual(['Hm.', '', 'Stars.']);
    expect(JSON.parse(raw)).toHaveLength(3);
  });
});

describe('identity', () => {
  test('a session that has grown keeps every id, and equal messages stay apart', async () => {
    const lines = [meta(SESSION), bare('user', 'Again.'), bare('assistant', 'Yes.'), bare('user', 'Again.')];
    const ids = async (count: number) => {
      const { messages } = await readSession(codex, jsonLines(lines.slice(0, count)));
      return messages.map(({ externalId }) => externalId);
    };
    const grown = await ids(4);
    expect(new Set(grown).size).toBe(3);
    expect(await ids(3)).toEqual(grown.slice(0, 2));
  });

  test('a fork keeps the history it copied, with the line of the session it came from', async () => {
    const { externalId, messages, metadata } = await readSession(
      codex,
      jsonLines([
        meta(SESSION, { forked_from_id: PARENT }),
        meta(PARENT, { forked_from_id: 'older' }),
        meta('older'),
        user('One.'),
        user('Two.'),
      ]),
    );
    expect([externalId, messages.length, metadata.forked_from_id]).toEqual([SESSION, 2, PARENT]);
  });

  test('rollouts put together in one file are taken apart', async () => {
    const { conversations, surveyed } = await readSessions(
      codex,
      jsonLines([meta(SESSION), user('One.'), meta(PARENT), user('Two.')]),
    );
    expect(conversations.map(({ externalId, messages }) => [externalId, messages[0]?.text])).toEqual([
      [SESSION, 'One.'],
      [PARENT, 'Two.'],
    ]);
    expect(surveyed).toBe(2);
  });

  test('two copies of a rollout in one archive give each message once', async () => {
    second = 0;
    const text = jsonLines([meta(SESSION), ...EXCHANGE]);
    const once = await readSession(codex, text);
    const { conversations } = await readSessions(codex, zipOf({ 'sessions/a.jsonl': text, 'archived/a.jsonl': text }));
    expect(conversations).toHaveLength(1);
    expect(conversations[0]?.messages).toEqual(once.messages);
  });

  test('other JSON Lines are not recognised', async () => {
    for (const text of [
      '{"role":"user","content":"x"}\n{"role":"assistant","content":"y"}',
      jsonLines([bare('user', 'x'), bare('assistant', 'y')]),
      '{"id":"a","timestamp":"2026-01-01"}',
      '{"payload":{},"type":"x"}',
    ]) {
      expect(await readWith(codex, text)).toBeNull();
    }
  });
});
