import { describe, expect, test } from '@jest/globals';
import { zipOf } from '../../testing/write-zip.ts';
import { jsonLines, readSession, readSessions, readWith } from '../json-lines/testing/read-with.ts';
import { claudeCode } from './reader.ts';

const SESSION = '5e551000-1111-4222-8333-444455556666';

let minute = 0;
function line(type: string, uuid: string, parentUuid: string | null, content: unknown, more: object = {}): object {
  minute = (minute + 1) % 60;
  const timestamp = `2026-03-04T05:${String(minute).padStart(2, '0')}:00.000Z`;
  const model = type === 'assistant' ? { model: 'claude-sonnet-5' } : {};
  return {
    parentUuid,
    isSidechain: false,
    cwd: '/garden',
    sessionId: SESSION,
    version: '2.1.0',
    gitBranch: 'main',
    type,
    message: { role: type, ...model, content },
    uuid,
    timestamp,
    ...more,
  };
}
const user = (uuid: string, parent: string | null, content: unknown, more?: object) =>
  line('user', uuid, parent, content, more);
const assistant = (uuid: string, parent: string | null, content: unknown, more?: object) =>
  line('assistant', uuid, parent, content, more);

async function messagesOf(lines: (object | string)[]) {
  const { messages } = await readSession(claudeCode, jsonLines(lines));
  return new Map(messages.map((message) => [message.externalId, message]));
}

describe('a Claude Code session', () => {
  test('is a tree by parentUuid with speech, reasoning, calls and results told apart', async () => {
    minute = 0;
    const conversation = await readSession(
      claudeCode,
      jsonLines([
        user('q', null, 'Sort the seeds.'),
        assistant('think', 'q', [{ type: 'thinking', thinking: 'By name?', signature: 's' }]),
        assistant('say', 'think', [{ type: 'text', text: 'I look first.' }]),
        assistant('call', 'say', [{ type: 'tool_use', id: 't1', name: 'Bash', input: { command: 'ls' } }]),
        user('result', 'call', [{ type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: 'oak' }] }]),
        assistant('old', 'result', [{ type: 'text', text: 'One seed.' }]),
        assistant('new', 'result', [{ type: 'text', text: 'An acorn.' }], { gitBranch: 'sorted' }),
      ]),
    );
    const rows = conversation.messages.map(({ externalId, parentExternalId, role, hidden, sequence, author, text }) => [
      externalId,
      parentExternalId,
      role,
      hidden,
      sequence,
      author,
      text,
    ]);
    expect(rows).toEqual([
      ['q', null, 'USER', false, 0, null, 'Sort the seeds.'],
      ['think', 'q', 'ASSISTANT', true, 1, null, 'By name?'],
      ['say', 'think', 'ASSISTANT', false, 2, null, 'I look first.'],
      ['call', 'say', 'ASSISTANT', true, 3, null, '{"command":"ls"}'],
      ['result', 'call', 'TOOL', true, 4, 'Bash', 'oak'],
      ['old', 'result', 'ASSISTANT', false, null, null, 'One seed.'],
      ['new', 'result', 'ASSISTANT', false, 5, null, 'An acorn.'],
    ]);
    expect(conversation).toMatchObject({
      platform: 'claude-code',
      externalId: SESSION,
      title: null,
      model: 'claude-sonnet-5',
      createdAt: new Date('2026-03-04T05:01:00Z'),
      updatedAt: new Date('2026-03-04T05:07:00Z'),
      metadata: { cwd: '/garden', gitBranch: 'main', version: '2.1.0', gitBranches: ['main', 'sorted'] },
      issues: [],
    });
  });

  test('keeps each line as it came', async () => {
    const odd = jsonLines([user('q', null, 'Hi')]).replace(':"Hi"', ' :  "\\u0048i"');
    const { messages } = await readSession(claudeCode, odd);
    expect(messages[0]).toMatchObject({ raw: odd.trim(), text: 'Hi' });
  });

  test('hides what the program says for the user', async () => {
    const messages = await messagesOf([
      user('meta', null, 'Caveat', { isMeta: true }),
      user('summary', 'meta', 'This session goes on.', { isCompactSummary: true }),
      user('output', 'summary', '<local-command-stdout>ok</local-command-stdout>'),
      user('stop', 'output', [{ type: 'text', text: '[Request interrupted by user]' }]),
      user('task', 'stop', 'Done.', { origin: { kind: 'task-notification' } }),
      user('command', 'task', '<command-name>/clear</command-name>'),
      user('person', 'command', 'Hello', { origin: { kind: 'human' } }),
      line('system', 'note', 'person', undefined, { message: undefined, content: 'Retrying', subtype: 'api_error' }),
    ]);
    const rows = [...messages].map(([id, { role, hidden }]) => [id, role, hidden]);
    expect(rows).toEqual([
      ['meta', 'SYSTEM', true],
      ['summary', 'SYSTEM', true],
      ['output', 'SYSTEM', true],
      ['stop', 'SYSTEM', true],
      ['task', 'SYSTEM', true],
      ['command', 'USER', true],
      ['person', 'USER', false],
      ['note', 'SYSTEM', true],
    ]);
    expect(messages.get('note')).toMatchObject({ contentType: 'api_error', text: 'Retrying' });
  });

  test('reads a prompt that was typed while the agent worked', async () => {
    const attachment = { type: 'queued_command', commandMode: 'prompt', prompt: 'And water them.' };
    const messages = await messagesOf([
      user('q', null, 'Sort.'),
      { ...line('attachment', 'queued', 'q', undefined), message: undefined, attachment },
    ]);
    expect(messages.get('queued')).toMatchObject({ role: 'USER', hidden: false, text: 'And water them.' });
  });

  test('keeps a prompt that only the queue shows', async () => {
    const queue = {
      type: 'queue-operation',
      operation: 'remove',
      sessionId: SESSION,
      timestamp: '2026-03-04T05:00:00Z',
    };
    const conversation = await readSession(
      claudeCode,
      jsonLines([
        user('q', null, 'Sort.'),
        { ...queue, content: 'Only oaks.' },
        { ...queue, content: 'And water.' },
        { ...queue, content: '<task-notification>Done.</task-notification>' },
        user('w', 'q', 'And water.'),
      ]),
    );
    const rows = conversation.messages.map(({ text, role, hidden, parentExternalId, contentType }) => [
      text,
      role,
      hidden,
      parentExternalId,
      contentType,
    ]);
    expect(rows).toEqual([
      ['Sort.', 'USER', false, null, 'text'],
      ['And water.', 'USER', false, 'q', 'text'],
      ['Only oaks.', 'USER', false, 'q', 'queued_command'],
    ]);
    expect(JSON.parse(conversation.raw)).toHaveLength(2);
    expect(conversation.issues).toEqual([]);
  });

  test('is a chain when no line names a parent, though each could', async () => {
    const messages = await messagesOf([user('a', null, 'a'), assistant('b', null, 'b'), user('c', null, 'c')]);
    expect([...messages.values()].map(({ parentExternalId }) => parentExternalId)).toEqual([null, 'a', 'b']);
  });

  test('goes on after a compaction whose logical parent comes later', async () => {
    const boundary = {
      message: undefined,
      subtype: 'compact_boundary',
      logicalParentUuid: 'kept',
      content: 'Compacted',
    };
    const messages = await messagesOf([
      user('q', null, 'Sort.'),
      assistant('a', 'q', 'Sorted.'),
      line('system', 'boundary', null, undefined, boundary),
      user('summary', 'boundary', 'In short.', { isCompactSummary: true }),
      assistant('kept', 'summary', 'Anything else?'),
    ]);
    expect(messages.get('boundary')?.parentExternalId).toBe('a');
    expect(messages.get('kept')?.sequence).toBe(4);
  });

  test('connects messages across lines that are none, and across a compaction', async () => {
    const boundary = { message: undefined, subtype: 'compact_boundary', logicalParentUuid: 'a' };
    const messages = await messagesOf([
      user('q', null, 'Sort.'),
      { type: 'progress', uuid: 'p', parentUuid: 'q', sessionId: SESSION, data: {} },
      assistant('a', 'p', 'Sorted.'),
      line('system', 'boundary', null, undefined, { ...boundary, content: 'Conversation compacted' }),
      user('more', 'boundary', 'Go on.'),
    ]);
    expect(messages.get('a')?.parentExternalId).toBe('q');
    expect(messages.get('boundary')?.parentExternalId).toBe('a');
    expect(messages.get('more')?.sequence).toBe(3);
  });

  test('has sidechains off the active path', async () => {
    const messages = await messagesOf([
      user('q', null, 'Sort.'),
      assistant('a', 'q', 'Sorted.'),
      user('task', null, 'Look for oaks.', { isSidechain: true, agentId: 'a1' }),
      assistant('found', 'task', 'None.', { isSidechain: true, agentId: 'a1' }),
    ]);
    expect(messages.get('a')?.sequence).toBe(1);
    expect(messages.get('found')).toMatchObject({
      onActivePath: false,
      hidden: true,
      parentExternalId: 'task',
      metadata: { isSidechain: true, agentId: 'a1' },
    });
  });

  test('takes its title from the best source that names it', async () => {
    const titleOf = async (...more: object[]) => {
      const lines = jsonLines([...more, user('q', null, 'Sort.')]);
      const { title, metadata } = await readSession(claudeCode, lines);
      return [title, metadata.titleInferred];
    };
    const summary = { type: 'summary', summary: 'Seeds', leafUuid: 'q' };
    const stray = { type: 'summary', summary: 'Trees', leafUuid: 'elsewhere' };
    const generated = { type: 'ai-title', aiTitle: 'Sorting', sessionId: SESSION };
    const chosen = { type: 'custom-title', customTitle: 'Mine', sessionId: SESSION };
    expect(await titleOf(stray)).toEqual(['Trees', true]);
    expect(await titleOf(stray, { ...stray, leafUuid: 'too' })).toEqual([null, undefined]);
    expect(await titleOf(stray, summary)).toEqual(['Seeds', undefined]);
    expect(await titleOf(summary, generated)).toEqual(['Sorting', undefined]);
    expect(await titleOf(chosen, generated)).toEqual(['Mine', undefined]);
  });

  test('reports a message that is none', async () => {
    const odd = line('user', 'odd', 'q', undefined, { message: 'error' });
    const { issues, messages, raw } = await readSession(claudeCode, jsonLines([user('q', null, 'Sort.'), odd]));
    expect(issues).toMatchObject([{ code: 'INVALID_MESSAGE', location: '$:2' }]);
    expect([messages.length, JSON.parse(raw)]).toEqual([1, [odd]]);
  });

  test('reports lines of an unknown type once, and roles it does not know', async () => {
    const strange = { type: 'horoscope', sessionId: SESSION };
    const { issues, raw } = await readSession(
      claudeCode,
      jsonLines([user('q', null, 'Sort.'), strange, strange, line('oracle', 'o', 'q', 'Hm.')]),
    );
    expect(issues.map(({ code }) => code)).toEqual(['UNKNOWN_CONTENT_TYPE', 'UNKNOWN_ROLE']);
    expect(JSON.parse(raw)).toEqual([strange, strange]);
  });
});

describe('identity', () => {
  test('a session that has grown keeps every id', async () => {
    const lines = [
      { ...user('x', null, 'Sort.'), uuid: undefined },
      assistant('a', null, 'Sorted.'),
      { ...user('x', 'a', 'Thanks.'), uuid: undefined },
      assistant('b', 'a', 'Gladly.'),
    ];
    const ids = async (count: number) => {
      const { externalId, messages } = await readSession(claudeCode, jsonLines(lines.slice(0, count)));
      return [externalId, ...messages.map((message) => message.externalId)];
    };
    const grown = await ids(4);
    expect(new Set(grown).size).toBe(5);
    for (const count of [1, 2, 3]) expect(grown).toEqual(expect.arrayContaining(await ids(count)));
  });

  test('the stream that the program prints is a session as well', async () => {
    const printed = (type: string, uuid: string) => ({
      type,
      uuid,
      session_id: 'p',
      message: { role: type, content: uuid },
    });
    const { externalId, messages } = await readSession(
      claudeCode,
      jsonLines([
        { type: 'system', subtype: 'init', session_id: 'p', uuid: 'i' },
        printed('user', 'q'),
        printed('assistant', 'a'),
      ]),
    );
    expect([externalId, messages[1]?.parentExternalId]).toEqual(['p', 'q']);
  });

  test('a session without an id is named after its file, else after its first message', async () => {
    const text = jsonLines([user('q', null, 'Sort.', { sessionId: undefined })]);
    expect((await readSession(claudeCode, text)).externalId).toBe('first:q');
    expect((await readSession(claudeCode, zipOf({ [`p/${SESSION}.jsonl`]: text }))).externalId).toBe(SESSION);
  });

  test('messages without parents are a chain, each session for itself', async () => {
    const plain = (uuid: string, sessionId: string) => ({
      ...user(uuid, null, uuid),
      parentUuid: undefined,
      sessionId,
    });
    const text = jsonLines([plain('a', 'one'), plain('b', 'two'), plain('c', 'one'), plain('d', 'two')]);
    const { conversations, surveyed } = await readSessions(claudeCode, text);
    expect(surveyed).toBe(2);
    const rows = conversations.map(({ externalId, messages }) => [
      externalId,
      ...messages.map((message) => `${message.parentExternalId} < ${message.externalId}`),
    ]);
    expect(rows).toEqual([
      ['one', 'null < a', 'a < c'],
      ['two', 'null < b', 'b < d'],
    ]);
  });
});

describe('an archive of sessions', () => {
  test('brings the files of one session together, with titles from any file', async () => {
    const { conversations, issues, surveyed, recognition } = await readSessions(
      claudeCode,
      zipOf({
        [`p/${SESSION}/subagents/agent-a1.jsonl`]: jsonLines([
          user('task', null, 'Look.', { isSidechain: true, agentId: 'a1' }),
        ]),
        [`p/${SESSION}.jsonl`]: jsonLines([user('q', null, 'Sort.'), assistant('a', 'q', 'Sorted.')]),
        'p/other.jsonl': jsonLines([
          { type: 'summary', summary: 'Seeds', leafUuid: 'a' },
          user('o', null, 'Else.', { sessionId: 'other' }),
        ]),
        'p/empty.jsonl': '',
        'p/snapshots.jsonl': jsonLines([{ type: 'file-history-snapshot', messageId: 'm', snapshot: {} }]),
        'p/notes.md': '# Notes',
      }),
    );
    expect(conversations.map(({ externalId, title, messages }) => [externalId, title, messages.length])).toEqual([
      [SESSION, 'Seeds', 3],
      ['other', null, 1],
    ]);
    expect(issues).toMatchObject([{ code: 'MISSING_MESSAGES', location: 'p/snapshots.jsonl' }]);
    expect(surveyed).toBe(3);
    expect(recognition).toMatchObject({
      confidence: 0.95,
      reason: expect.stringContaining('Claude Code sessions in p/'),
    });
  });

  test('holds mixed sessions one after the other when they are large', async () => {
    const sessions = ['one', 'two', 'three'];
    const lines = Array.from({ length: 30 }, (_, index) =>
      user(`u${index}`, null, 'x'.repeat(500), { sessionId: sessions[index % 3], parentUuid: undefined }),
    );
    const text = jsonLines(lines);
    const whole = await readSessions(claudeCode, text);
    const apart = await readSessions(claudeCode, text, { maxRecordBytes: text.length / 2 });
    expect(new Set(apart.conversations)).toEqual(new Set(whole.conversations));
    expect(apart.surveyed).toBe(3);
  });

  test('a session beyond the limit is one issue, and costs no other', async () => {
    const small = user('s', null, 'Short.', { sessionId: 'small' });
    const large = [1, 2, 3].map((part) => user(`l${part}`, null, 'x'.repeat(600)));
    const limits = { maxRecordBytes: 1500 };
    const { conversations, issues, surveyed } = await readSessions(claudeCode, jsonLines([...large, small]), limits);
    expect(conversations.map(({ externalId }) => externalId)).toEqual(['small']);
    expect(issues).toMatchObject([{ code: 'RECORD_TOO_LARGE', location: '$:1' }]);
    expect(surveyed).toBe(2);
    await expect(readWith(claudeCode, jsonLines(large), limits)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED_RECORD',
    });
  });

  test('a session without a message is one issue', async () => {
    const title = { type: 'custom-title', customTitle: 'Nothing', sessionId: 'empty' };
    const { issues, surveyed } = await readSessions(claudeCode, jsonLines([user('q', null, 'Sort.'), title]));
    expect(issues).toMatchObject([{ code: 'MISSING_MESSAGES', location: '$:2' }]);
    expect(surveyed).toBe(2);
  });

  test('two copies of a session give each message once', async () => {
    const plain = ['a', 'b'].map((uuid) => ({ ...user(uuid, null, uuid), parentUuid: undefined }));
    const text = jsonLines([...plain, user('c', 'b', 'c')]);
    const once = await readSession(claudeCode, text);
    const twice = await readSession(claudeCode, zipOf({ 'p/a.jsonl': text, 'q/a.jsonl': text }));
    expect(twice.messages).toEqual(once.messages);
    expect(twice.issues.map(({ code }) => code)).toEqual(Array(3).fill('DUPLICATE_MESSAGE_ID'));
  });

  test('other JSON is not recognised', async () => {
    for (const text of [
      '{"a":1}',
      '[]',
      '{"role":"user","content":"x"}\n{"role":"assistant","content":"y"}',
      'hello',
    ]) {
      expect(await readWith(claudeCode, text)).toBeNull();
    }
  });
});
