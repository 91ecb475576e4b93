import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readAll, toBytes } from '../../testing/read-all.ts';
import { outcomeOf } from '../../testing/read-with.ts';
import { claudeConversation } from '../../testing/samples.ts';
import { zipOf } from '../../testing/write-zip.ts';
import { claude } from './reader.ts';

const EXPORTS: [string, object][] = [
  [
    'projects',
    [{ uuid: 'p', name: 'é', is_private: true, prompt_template: 'x', docs: [{ uuid: 'd', content: '🌱' }] }],
  ],
  ['memories', [{ conversations_memory: 'x', project_memories: { p: 'y' }, account_uuid: 'a' }]],
  ['a design chat', { uuid: 'c', title: 't', project: {}, messages: [{ role: 'user', content: { content: 'x' } }] }],
];

test.each(EXPORTS)('%s cut off anywhere are an error with a code, or not recognised', async (_, content) => {
  const bytes = toBytes(content);
  expect(await outcomeOf([claude], bytes)).toBeNull();
  for (let end = 0; end < bytes.length; end++) expect(await outcomeOf([claude], bytes.subarray(0, end))).not.toBeNull();
});

test('what lies beside the conversations may have any shape', async () => {
  const any = fc.oneof(fc.jsonValue(), fc.constant('\ud800\0'), fc.string());
  const list = (element: fc.Arbitrary<unknown>) => fc.oneof(any, fc.array(fc.oneof(any, element), { maxLength: 4 }));
  const project = fc.record({
    uuid: fc.constantFrom('a', 'b'),
    name: any,
    description: any,
    prompt_template: any,
    created_at: any,
    docs: list(fc.record({ uuid: any, filename: any, content: any, created_at: any })),
  });
  const memory = fc.record({
    conversations_memory: any,
    project_memories: fc.oneof(any, fc.dictionary(fc.string(), any)),
    memory_files: list(fc.record({ path: any, content: any, created_at: any })),
    account_uuid: any,
  });
  const block = fc.record({
    type: fc.constantFrom('text', 'thinking', 'tool_call', 'x'),
    text: any,
    message: any,
    toolCall: any,
  });
  const message = fc.record({
    uuid: any,
    role: any,
    created_at: any,
    content: fc.oneof(
      any,
      fc.record({ content: any, contentBlocks: list(block), attachments: list(any), authorName: any }),
    ),
  });
  const design = fc.record({ uuid: fc.string(), title: any, project: any, messages: list(message) });
  await fc.assert(
    fc.asyncProperty(fc.array(project), fc.array(memory), design, async (projects, memories, chat) => {
      const zip = zipOf({
        'conversations.json': JSON.stringify([claudeConversation([])]),
        'projects.json': JSON.stringify(projects),
        'memories.json': JSON.stringify(memories),
        'design_chats/c.json': JSON.stringify(chat),
      });
      const { conversations } = await readAll(zip);
      expect(conversations.length).toBeGreaterThan(projects.length);
      for (const { externalId, messages } of conversations) {
        expect(externalId.isWellFormed()).toBe(true);
        const ids = messages.map((each) => each.externalId);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { text } of messages) expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});
