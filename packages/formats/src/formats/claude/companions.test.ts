import { describe, expect, test } from '@jest/globals';
import { detectFormat, surveyArchive } from '../../read.ts';
import { bytesSource } from '../../source.ts';
import { readAll, toBytes } from '../../testing/read-all.ts';
import { claudeConversation } from '../../testing/samples.ts';
import { zipOf } from '../../testing/write-zip.ts';

const PROJECT = {
  uuid: 'p1',
  name: 'Bakery',
  description: 'All about bread',
  is_private: true,
  is_starter_project: false,
  prompt_template: 'Answer as a baker.',
  created_at: '2026-01-02T03:04:05Z',
  updated_at: '2026-01-03T03:04:05Z',
  creator: { uuid: 'u', full_name: 'Ann' },
  docs: [{ uuid: 'd1', filename: 'rye.md', content: 'Rye is slow.', created_at: '2026-01-02T04:00:00Z' }, 7, {}],
};
const MEMORIES = {
  conversations_memory: 'Bakes on Sundays.',
  project_memories: { p1: 'Prefers rye.', p2: 3 },
  memory_files: [{ path: '/people/ann.md', content: 'Ann bakes.', updated_at: '2026-02-01T00:00:00Z' }, null],
  account_uuid: 'u',
};
const DESIGN = {
  uuid: 'c1',
  title: 'Shop front',
  project: { uuid: 'x', name: 'Shop' },
  created_at: '2026-01-02T03:04:05Z',
  updated_at: '2026-01-02T03:04:05Z',
  messages: [
    {
      uuid: 'm1',
      role: 'user',
      created_at: '2026-01-02T03:04:05Z',
      content: { content: 'Draw it', authorName: 'Ann', attachments: [{ id: 'f', name: 'old.html', content: '<p>' }] },
    },
    {
      uuid: 'm2',
      role: 'assistant',
      content: {
        timestamp: '2026-01-02T03:05:05Z',
        contentBlocks: [
          { type: 'thinking', text: 'Hm.' },
          { type: 'tool_call', toolCall: { id: 't', name: 'write_file', input: { path: 'x' } } },
          { type: 'text', text: 'Done.' },
          { type: 'user_interjection', message: { content: 'Wait' } },
        ],
      },
    },
  ],
};

const json = JSON.stringify;
const conversations = json([claudeConversation([])]);
const survey = async (zip: Uint8Array) => (await surveyArchive(bytesSource(zip))).conversationCount;
const heads = ({ conversations: all }: Awaited<ReturnType<typeof readAll>>) =>
  all.map(({ externalId, metadata }) => [externalId, metadata.kind]);

describe('a Claude export', () => {
  test('has its projects, memories and design chats as conversations', async () => {
    const zip = zipOf({
      'conversations.json': conversations,
      'projects.json': json([PROJECT]),
      'memories.json': json([MEMORIES]),
      'design_chats/c1.json': json(DESIGN),
      'users.json': '[]',
    });
    const read = await readAll(zip);
    expect(heads(read)).toEqual([
      ['7a1f0c2e-1111-4222-8333-444455556666', undefined],
      ['project:p1', 'project'],
      ['memories:u', 'memories'],
      ['c1', 'design_chat'],
    ]);
    expect(await survey(zip)).toBe(4);
    expect(await detectFormat(bytesSource(zip))).toMatchObject({ format: 'claude-json', confidence: 0.98 });
    const [, project, memories, design] = read.conversations;
    expect(project).toMatchObject({
      title: 'Bakery',
      createdAt: new Date('2026-01-02T03:04:05Z'),
      metadata: { uuid: 'p1', description: 'All about bread', creator: { full_name: 'Ann' } },
      messages: [
        { externalId: 'description', contentType: 'project_description', role: 'USER', text: 'All about bread' },
        { externalId: 'prompt_template', contentType: 'project_instructions', role: 'SYSTEM', hidden: false },
        {
          externalId: 'd1',
          parentExternalId: 'prompt_template',
          contentType: 'project_document',
          text: 'Rye is slow.',
          sequence: 2,
          createdAt: new Date('2026-01-02T04:00:00Z'),
          metadata: { filename: 'rye.md' },
        },
        { externalId: 'docs:2', text: '' },
      ],
    });
    expect(project?.issues.map(({ code }) => code)).toEqual(['INVALID_MESSAGE', 'MISSING_MESSAGE_ID']);
    expect(memories?.messages.map(({ externalId, text, contentType }) => [externalId, text, contentType])).toEqual([
      ['conversations_memory', 'Bakes on Sundays.', 'memory'],
      ['project_memories:p1', 'Prefers rye.', 'memory'],
      ['memory_files:/people/ann.md', 'Ann bakes.', 'memory'],
    ]);
    expect(memories?.issues.map(({ code }) => code)).toEqual(['INVALID_MESSAGE', 'INVALID_MESSAGE']);
    expect(design).toMatchObject({
      title: 'Shop front',
      messages: [
        { role: 'USER', author: 'Ann', text: 'Draw it', attachments: [{ externalId: 'f', text: '<p>' }] },
        {
          role: 'ASSISTANT',
          parentExternalId: 'm1',
          text: 'Done.\n\nWait',
          metadata: { thinking: ['Hm.'], tool_uses: [{ id: 't', name: 'write_file' }] },
        },
      ],
      issues: [],
    });
  });

  test.each([
    ['projects.json', json([PROJECT]), 'project:p1'],
    ['projects/p1.json', json(PROJECT), 'project:p1'],
    ['memories/u.json', json(MEMORIES), 'memories:u'],
    ['design_chats/c1.json', json(DESIGN), 'c1'],
  ])('may come in parts: %s alone', async (name, content, id) => {
    const zip = zipOf({ [name]: content });
    expect((await readAll(zip)).conversations.map(({ externalId }) => externalId)).toEqual([id]);
    expect(await survey(zip)).toBe(1);
    expect(await detectFormat(bytesSource(zip))).toMatchObject({ platform: 'claude', confidence: 0.8 });
    expect((await readAll(content)).conversations).toHaveLength(1);
  });

  test('loses no conversation to a damaged project, and counts what it reads', async () => {
    const zip = zipOf({
      'conversations.json': conversations,
      'projects/a.json': json(PROJECT),
      'projects/b.json': '{"uuid": "p2", "name"',
      'projects/c.json': json({ ...PROJECT, uuid: 'p3' }),
    });
    const read = await readAll(zip);
    expect(heads(read).map(([id]) => id)).toEqual(['7a1f0c2e-1111-4222-8333-444455556666', 'project:p1', 'project:p3']);
    expect(read.issues).toMatchObject([{ code: 'INVALID_RECORD', location: 'projects/b.json' }]);
    expect(await survey(zip)).toBe(4);
  });

  test('of other products is not recognised by a like-named file', async () => {
    const other = { id: 1, name: 'x', docs: [] };
    for (const content of [[other], other]) {
      await expect(detectFormat(bytesSource(zipOf({ 'projects.json': json(content) })))).rejects.toMatchObject({
        code: 'UNSUPPORTED_FORMAT',
      });
      await expect(detectFormat(bytesSource(toBytes(content)))).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
    }
  });
});
