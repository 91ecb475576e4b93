import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readOne } from '../../../testing/read-all.ts';
import { chatgptConversation, chatgptMessage, type SampleNode } from '../../../testing/samples.ts';
import { applyUpdates } from './apply-updates.ts';

const call = (id: string, parent: string | null, command: string, text: unknown): SampleNode => ({
  id,
  parent,
  message: chatgptMessage(id, 'assistant', '', {
    recipient: `canmore.${command}_textdoc`,
    content: { content_type: 'code', language: 'json', text: typeof text === 'string' ? text : JSON.stringify(text) },
  }),
});
const reply = (id: string, parent: string, canvas: object): SampleNode => ({
  id,
  parent,
  message: chatgptMessage(id, 'tool', 'Successfully done.', {
    author: { role: 'tool', name: 'canmore.create_textdoc' },
    metadata: { canvas },
  }),
});
const update = (pattern: string, replacement: string, multiple = false) => ({ pattern, replacement, multiple });

async function read(...nodes: SampleNode[]) {
  const { messages, issues } = await readOne([chatgptConversation(nodes)]);
  const versions = messages
    .filter(({ attachments }) => attachments.length > 0)
    .map(({ externalId, attachments }) => [externalId, ...attachments.flatMap((each) => [each.externalId, each.text])]);
  return { messages, versions, codes: issues.map(({ code }) => code) };
}

describe('documents of the canvas', () => {
  test('are attached to the call that made each version', async () => {
    const { messages, versions, codes } = await read(
      call('a', null, 'create', { name: 'plan', type: 'document', content: 'Rye (slow).' }),
      reply('ra', 'a', { textdoc_id: 't1', textdoc_type: 'document', version: 1, title: 'The plan' }),
      call('b', 'ra', 'update', { updates: [update('Rye \\(slow\\)', 'Rye (fast)'), update('e', 'E', true)] }),
      reply('rb', 'b', { textdoc_id: 't1', version: 2 }),
      call('c', 'ra', 'update', { updates: [update('.*', 'All new.', true)] }),
      reply('rc', 'c', { textdoc_id: 't1', version: 3 }),
      call('d', 'rc', 'update', { updates: [update('new', 'old')] }),
    );
    expect(versions).toEqual([
      ['a', 'textdoc:t1:v1', 'Rye (slow).'],
      ['b', 'textdoc:t1:v2', 'RyE (fast).'],
      ['c', 'textdoc:t1:v3', 'All new.'],
      ['d', 'textdoc:unnamed', 'All old.'],
    ]);
    expect(messages.find(({ externalId }) => externalId === 'a')?.attachments).toMatchObject([
      { fileName: 'The plan', mediaType: 'text/markdown', byteSize: 11, open: expect.any(Function) },
    ]);
    expect(codes).toEqual([]);
  });

  test('of several names are kept apart', async () => {
    const { versions } = await read(
      call('a', null, 'create', { name: 'one', type: 'code/html', content: '<p>' }),
      reply('ra', 'a', { textdoc_id: 't1', textdoc_type: 'code/html' }),
      call('b', 'ra', 'create', { name: 'two', type: 'code/python', content: 'x' }),
      reply('rb', 'b', { textdoc_id: 't2' }),
      call('c', 'rb', 'update', { updates: [update('<p>', '<b>')] }),
      reply('rc', 'c', { textdoc_id: 't1' }),
    );
    expect(versions).toEqual([
      ['a', 'textdoc:t1', '<p>'],
      ['b', 'textdoc:t2', 'x'],
      ['c', 'textdoc:t1', '<b>'],
    ]);
  });

  test('that cannot be told keep the new pieces, with an issue; a failed call makes none', async () => {
    const { versions, codes } = await read(
      call('a', null, 'update', { updates: [update('(a+)+$', 'piece one'), update('x', 'piece two')] }),
      reply('ra', 'a', { textdoc_id: 't1', version: 4 }),
      call('b', 'ra', 'update', { updates: [update('x', 'y')] }),
      reply('rb', 'b', { textdoc_id: 't1', is_failure: true }),
      call('c', 'rb', 'create', '{"name": "cut'),
    );
    expect(versions).toEqual([['a', 'textdoc:t1:v4', 'piece one\n\npiece two']]);
    expect(codes).toEqual(['INVALID_CONTENT']);
  });

  test('that the person opened belong to the message', async () => {
    const canvas = { user_created_textdocs: [{ title: 'Mine', type: 'document', content: 'my own' }] };
    const { versions } = await read({ id: 'a', message: chatgptMessage('a', 'user', 'see', { metadata: { canvas } }) });
    expect(versions).toEqual([['a', 'textdoc:0', 'my own']]);
  });

  test('are rebuilt or reported in any tree', async () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const updates = fc.array(fc.record({ pattern: fc.constantFrom('.*', 'a', '(', 'x'), replacement: fc.string() }));
    const node = fc.oneof(
      fc.tuple(
        ids,
        ids,
        fc.constantFrom('create', 'update'),
        fc.oneof(fc.jsonValue(), fc.record({ content: fc.string() }), fc.record({ updates })),
      ),
      fc.tuple(ids, ids, fc.constant('reply'), fc.record({ textdoc_id: ids, version: fc.jsonValue() })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(node, { minLength: 1, maxLength: 8 }), async (nodes) => {
        const made = nodes.map(([id, parent, kind, value]) =>
          kind === 'reply' ? reply(id, parent, value as object) : call(id, parent, kind, value),
        );
        const { messages } = await read(...made);
        expect(messages.length).toBeLessThanOrEqual(nodes.length);
      }),
    );
  });
});

test.each([
  ['abc', [update('b', 'x')], 'axc'],
  ['abab', [update('b', '$&', true)], 'a$&a$&'],
  ['a.b', [update('a\\.b', 'x')], 'x'],
  ['a\nb', [update('a\\nb', 'x')], 'x'],
  ['a(b', [update('a(b', 'x')], 'x'],
  ['abc', [update('\\d', 'x')], null],
  ['abc', [update('a|z', 'x')], null],
  [null, [update('a', 'b')], null],
  [null, [update('^.*$', 'b')], 'b'],
  ['aaaa', [update('a', 'a'.repeat(30), true)], null],
])('%j after %j is %j', (text, updates, expected) => {
  expect(applyUpdates(text, updates, 100)).toBe(expected);
});
