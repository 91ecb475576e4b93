/**
 * Every export of the three products among the public fixtures, counted a second time by the plainest means: JSON.parse of
 * the whole file and a few loops, sharing no code with the readers. The numbers were also checked by hand.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { ParsedConversation } from './model.ts';
import { surveyArchive } from './read.ts';
import { bytesSource } from './source.ts';
import { readAll } from './testing/read-all.ts';

const FIXTURES = new URL('../../../../shared/fixtures/', import.meta.url);
const EXPORTS = new URL('exports/', FIXTURES);

/** conversations, messages, USER, ASSISTANT, SYSTEM, TOOL, messages on active paths, messages with several replies, issues */
type Numbers = [number, number, number, number, number, number, number, number, string[]];

const EXPECTED: Record<string, Numbers> = {
  'chatgpt/420ai-sample-chatgpt-export.json': [4, 8, 3, 5, 0, 0, 8, 0, []],
  'chatgpt/librechat-chatgpt-export.json': [2, 21, 5, 9, 2, 5, 21, 0, []],
  'chatgpt/librechat-chatgpt-modern-export.json': [2, 7, 4, 3, 0, 0, 7, 0, ['MISSING_MESSAGES $[1]']],
  'chatgpt/librechat-chatgpt-tree.json': [1, 12, 5, 6, 1, 0, 7, 2, []],
  'chatgpt/mirableio-chatgpt_2026_sample.json': [
    3,
    6,
    1,
    4,
    1,
    0,
    5,
    1,
    ['UNKNOWN_CONTENT_TYPE $[1].mapping["node-2"]'],
  ],
  'chatgpt/openwebui-gpt_example.json': [1, 12, 6, 5, 1, 0, 12, 0, []],
  'chatgpt/polylogue-native-conversation-v1.json': [1, 8, 1, 5, 1, 1, 7, 1, []],
  'claude/420ai-sample-claude-export.json': [4, 6, 3, 3, 0, 0, 6, 0, []],
  'claude/openwebui-claude_thinking_example.json': [1, 2, 1, 1, 0, 0, 2, 0, []],
  'claude/osteele-business-strategy.json': [1, 6, 3, 3, 0, 0, 6, 0, ['UNKNOWN_CONTENT_TYPE $.chat_messages[5]']],
  'claude/osteele-claude-bakery-chat.json': [1, 4, 2, 2, 0, 0, 4, 0, []],
  'claude/osteele-conversations-multiple-errors.json': [
    4,
    4,
    3,
    1,
    0,
    0,
    4,
    0,
    [
      'MISSING_MESSAGES $[1]',
      'INVALID_CONTENT $[3].chat_messages[0].content',
      'INVALID_CONTENT $[4].chat_messages[1].content',
    ],
  ],
  'claude/osteele-conversations.json': [2, 6, 3, 3, 0, 0, 6, 0, []],
  'gemini/openwebui-aistudio_example.json': [1, 3, 1, 2, 0, 0, 3, 0, []],
  'gemini/polylogue-branching_session.json': [1, 5, 1, 4, 0, 0, 4, 1, []],
};

const read = (path: string) => readFileSync(new URL(path, EXPORTS));
const testWith = (path: string, base = EXPORTS) => (existsSync(new URL(path, base)) ? test : test.skip);

/** [id, nearest parent that is a message, role] per message, and the ids along the active path. */
interface Counted {
  messages: [string, string | null, string][];
  active: string[];
}

// biome-ignore lint/suspicious/noExplicitAny: the independent count reads vendor JSON without any model of it
type Json = any;

const ROLES: Record<string, string> = {
  user: 'USER',
  human: 'USER',
  assistant: 'ASSISTANT',
  model: 'ASSISTANT',
  system: 'SYSTEM',
  tool: 'TOOL',
};

function countChatgpt(conversation: Json): Counted {
  const { mapping, current_node } = conversation;
  const up = (id: string | null): string | null => (id === null || mapping[id].message ? id : up(mapping[id].parent));
  const messages: Counted['messages'] = [];
  for (const id of Object.keys(mapping)) {
    const { message, parent } = mapping[id];
    if (message) messages.push([id, up(parent), ROLES[message.author.role] ?? '?']);
  }
  const active: string[] = [];
  for (let id = up(current_node); id !== null; id = up(mapping[id].parent)) active.unshift(id);
  return { messages, active };
}

function countClaude(conversation: Json): Counted {
  const messages: Counted['messages'] = [];
  for (const [index, message] of conversation.chat_messages.entries()) {
    const previous = index === 0 ? null : conversation.chat_messages[index - 1].uuid;
    const parent = message.parent_message_uuid === undefined ? previous : message.parent_message_uuid;
    messages.push([
      message.uuid,
      parent?.startsWith('00000000-0000-4000-8000') ? null : parent,
      ROLES[message.sender] ?? '?',
    ]);
  }
  // No Claude fixture branches, so every message is on the active path, in the order of the file.
  return { messages, active: messages.map(([id]) => id) };
}

function countAistudio(prompt: Json): Counted {
  const { chunks } = prompt.chunkedPrompt;
  const id = (index: number) => chunks[index].id ?? `chunk:${index}`;
  const parents = new Map<string, string | null>();
  const messages: Counted['messages'] = chunks.map((chunk: Json, index: number) => {
    const parent = chunk.branchParent?.id ?? (index === 0 ? null : id(index - 1));
    parents.set(id(index), parent);
    return [id(index), parent, ROLES[chunk.role] ?? '?'];
  });
  const active: string[] = [];
  for (let at: string | null = id(chunks.length - 1); at !== null; at = parents.get(at) ?? null) active.unshift(at);
  return { messages, active };
}

function countFile(path: string): Counted[] {
  const root: Json = JSON.parse(read(path).toString('utf8'));
  const records: Json[] = Array.isArray(root) ? root : [root];
  if (path.startsWith('chatgpt')) return records.filter(({ mapping }) => mapping).map(countChatgpt);
  if (path.startsWith('claude')) return records.filter((record) => record.chat_messages).map(countClaude);
  return records.map(countAistudio);
}

function counted({ messages }: ParsedConversation): Counted {
  const path = messages
    .filter(({ onActivePath }) => onActivePath)
    .toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
  return {
    messages: messages.map(({ externalId, parentExternalId, role }) => [externalId, parentExternalId, role]),
    active: path.map(({ externalId }) => externalId),
  };
}

const sorted = (conversations: Counted[]) =>
  conversations.map(({ messages, active }) => ({
    messages: messages.toSorted(([a], [b]) => (a < b ? -1 : 1)),
    active,
  }));

function numbers(conversations: Counted[], issues: string[]): Numbers {
  const messages = conversations.flatMap((conversation) => conversation.messages);
  const of = (role: string) => messages.filter(([, , found]) => found === role).length;
  const active = conversations.reduce((sum, conversation) => sum + conversation.active.length, 0);
  const replies = conversations.flatMap((conversation) => {
    const parents = conversation.messages.map(([, parent]) => parent).filter((parent) => parent !== null);
    return [...new Set(parents)].filter((parent) => parents.filter((other) => other === parent).length > 1);
  });
  return [
    conversations.length,
    messages.length,
    of('USER'),
    of('ASSISTANT'),
    of('SYSTEM'),
    of('TOOL'),
    active,
    replies.length,
    issues,
  ];
}

describe('public exports', () => {
  for (const [path, expected] of Object.entries(EXPECTED)) {
    testWith(path)(`${path} gives what an independent count finds`, async () => {
      const { conversations, issues } = await readAll(read(path));
      const all = [...issues, ...conversations.flatMap((conversation) => conversation.issues)];
      const naive = countFile(path);
      expect(sorted(conversations.map(counted))).toEqual(sorted(naive));
      const codes = all.map(({ code, location }) => `${code} ${location}`);
      expect(numbers(conversations.map(counted), codes)).toEqual(expected);
      expect(numbers(naive, codes)).toEqual(expected);
    });

    testWith(path)(`${path} keeps the vendor JSON of every message`, async () => {
      const source = read(path).toString('utf8');
      const { conversations } = await readAll(read(path));
      for (const { messages, raw } of conversations) {
        expect(() => JSON.parse(raw)).not.toThrow();
        for (const message of messages) expect(source).toContain(message.raw);
      }
    });
  }

  const meetings = 'scale/chatgpt-meetings.zip';
  testWith(meetings, FIXTURES)(`${meetings}: 35 conversations, 20,123 messages, no issue`, async () => {
    const bytes = readFileSync(new URL(meetings, FIXTURES));
    expect((await surveyArchive(bytesSource(bytes))).conversationCount).toBe(35);
    const { conversations, issues } = await readAll(bytes);
    expect(conversations).toHaveLength(35);
    expect(conversations.reduce((sum, { messages }) => sum + messages.length, 0)).toBe(20_123);
    expect([...issues, ...conversations.flatMap((conversation) => conversation.issues)]).toEqual([]);
    // Meetings are straight lines: every message is on the active path.
    expect(conversations.every(({ messages }) => messages.every(({ sequence }, index) => sequence === index))).toBe(
      true,
    );
  });
});
