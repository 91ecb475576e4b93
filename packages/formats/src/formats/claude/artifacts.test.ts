import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ParsedAttachment, ParsedConversation } from '../../model.ts';
import { readOne } from '../../testing/read-all.ts';
import { claudeConversation, claudeMessage } from '../../testing/samples.ts';
import { taggedArtifacts } from './artifacts/artifact-tags.ts';

const call = (input: object, name = 'artifacts') => ({ type: 'tool_use', id: 't', name, input });
const answer = (uuid: string, parent: string | null, ...content: unknown[]) =>
  claudeMessage(uuid, 'assistant', content, parent === null ? {} : { parent_message_uuid: parent });

const read = (...messages: unknown[]) => readOne([claudeConversation(messages)]);
const versions = ({ messages }: ParsedConversation) =>
  Object.fromEntries(
    messages.map((message) => [
      message.externalId,
      message.attachments.map(({ externalId, text }) => [externalId, text]),
    ]),
  );

async function bytesOf(attachment: ParsedAttachment | undefined): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of attachment?.open?.() ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('artifacts of Claude', () => {
  test('are attached to the message that made each version, with its whole text', async () => {
    const facts = { id: 'plan', title: 'Plan / draft', type: 'text/markdown' };
    const conversation = await read(
      answer('a', null, call({ ...facts, command: 'create', content: '# Rye\nslow é', version_uuid: 'v1' })),
      answer('b', 'a', call({ ...facts, command: 'update', old_str: 'slow', new_str: 'fast', version_uuid: 'v2' })),
      answer('c', 'a', call({ ...facts, command: 'update', old_str: 'Rye', new_str: 'Wheat', version_uuid: 'v3' })),
      answer('d', 'c', call({ ...facts, command: 'rewrite', content: 'New.', version_uuid: 'v4' })),
    );
    expect(versions(conversation)).toEqual({
      a: [['artifact:plan:v1', '# Rye\nslow é']],
      b: [['artifact:plan:v2', '# Rye\nfast é']],
      c: [['artifact:plan:v3', '# Wheat\nslow é']],
      d: [['artifact:plan:v4', 'New.']],
    });
    const [version] = conversation.messages[0]?.attachments ?? [];
    expect(version).toMatchObject({
      fileName: 'Plan / draft',
      mediaType: 'text/markdown',
      byteSize: 13,
      position: null,
    });
    expect(await bytesOf(version)).toBe('# Rye\nslow é');
    expect(conversation.issues).toEqual([]);
  });

  test('that tools write as files are versions too', async () => {
    const conversation = await read(
      answer(
        'a',
        null,
        call({ description: 'Write', path: '/home/bread.py', file_text: 'bake(1)' }, 'create_file'),
        call({ path: '/home/bread.py', old_str: '1', new_str: '2' }, 'str_replace'),
        call({ command: 'ls', description: 'List' }, 'bash_tool'),
      ),
    );
    expect(versions(conversation)).toEqual({
      a: [
        ['artifact:/home/bread.py', 'bake(1)'],
        ['artifact:/home/bread.py~2', 'bake(2)'],
      ],
    });
    expect(conversation.messages[0]?.attachments[0]?.fileName).toBe('bread.py');
  });

  test('whose beginning is not in the export keep the new piece, with an issue', async () => {
    const conversation = await read(
      answer('a', null, call({ id: 'x', command: 'update', old_str: 'one', new_str: 'two' })),
    );
    expect(conversation.messages[0]?.attachments).toMatchObject([{ text: 'two', open: null }]);
    expect(conversation.issues.map(({ code }) => code)).toEqual(['INVALID_CONTENT']);
    const file = await read(answer('a', null, call({ path: '/etc/x', old_str: 'one', new_str: 'two' }, 'str_replace')));
    expect(file.messages[0]?.attachments).toMatchObject([{ fileName: 'x', text: 'two', open: null }]);
    expect(file.issues).toEqual([]);
  });

  test('in the text of an answer stand at their place', async () => {
    const text = 'Here: <antArtifact identifier="p" type="text/html" title="Page">\n<p>hi</p>\n</antArtifact> done';
    const conversation = await read(answer('a', null, { type: 'text', text }));
    expect(conversation.messages[0]).toMatchObject({
      text,
      attachments: [
        { externalId: 'artifact:p', fileName: 'Page', mediaType: 'text/html', text: '<p>hi</p>', position: 6 },
      ],
    });
  });

  test('with tags that never end take no time', () => {
    expect(taggedArtifacts('<antArtifact '.repeat(200_000))).toEqual([]);
    expect(taggedArtifacts('<antArtifact>'.repeat(200_000))).toEqual([]);
  });

  test('of any shape are read or reported, whatever tree they are in', async () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd');
    const input = fc.record(
      {
        id: fc.oneof(ids, fc.jsonValue()),
        path: fc.oneof(ids, fc.jsonValue()),
        content: fc.oneof(fc.string(), fc.jsonValue()),
        file_text: fc.oneof(fc.string(), fc.jsonValue()),
        old_str: fc.oneof(fc.string({ maxLength: 2 }), fc.jsonValue()),
        new_str: fc.oneof(fc.string(), fc.constant('\ud800\0')),
        title: fc.jsonValue(),
        type: fc.jsonValue(),
        version_uuid: fc.oneof(ids, fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    const block = fc.record({ type: fc.constant('tool_use'), name: fc.constantFrom('artifacts', 'x'), input });
    const file = fc.oneof(fc.jsonValue(), fc.record({ file_name: fc.jsonValue(), extracted_content: fc.string() }));
    const message = fc.record({
      uuid: ids,
      parent_message_uuid: ids,
      sender: fc.constant('assistant'),
      content: fc.array(block, { maxLength: 4 }),
      attachments: fc.oneof(fc.jsonValue(), fc.array(file)),
      files: fc.oneof(fc.jsonValue(), fc.array(file)),
      files_v2: fc.oneof(fc.jsonValue(), fc.array(file)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 6 }), async (messages) => {
        const conversation = await read(...messages);
        for (const { attachments } of conversation.messages) {
          const names = attachments.map(({ externalId }) => externalId);
          expect(new Set(names).size).toBe(names.length);
          for (const { text } of attachments)
            expect(text === null || (text.isWellFormed() && !text.includes('\0'))).toBe(true);
        }
      }),
    );
  });
});
