import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ArchiveError } from '../../errors.ts';
import type { ParsedConversation } from '../../model.ts';
import { readAll } from '../../testing/read-all.ts';
import { writeConversation, writeEnd, writeHeader, writeMessage } from './write.ts';

const HEADER = writeHeader(new Date('2026-01-02T03:04:05Z'));

function write(conversations: readonly ParsedConversation[]): string {
  const lines = conversations.flatMap((conversation) => {
    const active = conversation.messages.filter(({ onActivePath }) => onActivePath);
    const current = active.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0)).at(-1)?.externalId ?? null;
    return [
      writeConversation(conversation, current),
      ...conversation.messages.map((message) => writeMessage(conversation, message)),
    ];
  });
  const messages = conversations.reduce((sum, each) => sum + each.messages.length, 0);
  return [HEADER, ...lines, writeEnd({ conversations: conversations.length, messages })]
    .map((line) => `${line}\n`)
    .join('');
}

const withoutIssues = (conversations: readonly ParsedConversation[]) =>
  conversations.map(({ issues: _, ...conversation }) => conversation);

const line = (value: object) => `${JSON.stringify(value)}\n`;
const conversation = (more: object = {}) =>
  line({ type: 'conversation', platform: 'chatgpt', id: 'c1', title: 'Lamps', ...more });
const message = (id: string | undefined, more: object = {}) =>
  line({
    type: 'message',
    platform: 'chatgpt',
    conversation: 'c1',
    id,
    role: 'USER',
    text: id ?? 'x',
    contentType: 'text',
    ...more,
  });

describe('a file of our own format', () => {
  test('is read with its tree, texts, times and all that was kept of the vendor', async () => {
    const { conversations, issues } = await readAll(
      `${HEADER}\n` +
        conversation({
          createdAt: '2026-01-01T00:00:00.000Z',
          current: 'b',
          metadata: { starred: true },
          raw: '{"v":1}',
        }) +
        message('a', { author: 'Ada', createdAt: '2026-01-01T00:00:01.000Z', raw: '{"m": 1}' }) +
        message('b', { parent: 'a', role: 'ASSISTANT', model: 'm', metadata: { attachments: [{ name: 'x' }] } }) +
        message('c', { parent: 'a', hidden: true }),
    );
    expect(issues).toEqual([]);
    expect(conversations).toMatchObject([
      {
        platform: 'chatgpt',
        externalId: 'c1',
        title: 'Lamps',
        createdAt: new Date('2026-01-01T00:00:00Z'),
        metadata: { starred: true },
        raw: '{"v":1}',
        issues: [],
        messages: [
          { externalId: 'a', author: 'Ada', sequence: 0, raw: '{"m": 1}', createdAt: new Date('2026-01-01T00:00:01Z') },
          { externalId: 'b', parentExternalId: 'a', role: 'ASSISTANT', model: 'm', sequence: 1 },
          { externalId: 'c', parentExternalId: 'a', hidden: true, onActivePath: false },
        ],
      },
    ]);
  });

  test.each([
    ['a message without an id', message(undefined), 'MISSING_MESSAGE_ID'],
    ['a role that is none', message('a', { role: 'KING' }), 'UNKNOWN_ROLE'],
    ['a message without text', message('a', { text: 7 }), 'INVALID_CONTENT'],
    ['raw text that is no JSON', message('a', { raw: '{' }), 'INVALID_CONTENT'],
    ['raw JSON that is too deep', message('a', { raw: `${'['.repeat(100)}${']'.repeat(100)}` }), 'INVALID_CONTENT'],
    ['a time that is none', message('a', { createdAt: 'soon' }), 'INVALID_TIMESTAMP'],
    ['a second beginning', message('a') + conversation({ title: 'Again' }), 'INVALID_RECORD'],
  ])('with %s is read, and says so', async (_, lines, code) => {
    const { conversations } = await readAll(`${HEADER}\n${conversation()}${lines}`);
    expect(conversations).toHaveLength(1);
    expect(conversations[0]).toMatchObject({ title: 'Lamps', messages: [expect.anything()], issues: [{ code }] });
  });

  test('whose line of a conversation is broken keeps its messages', async () => {
    const { conversations, issues } = await readAll(`${HEADER}\n{"type":"conversation",\n${message('a')}`);
    expect(issues).toMatchObject([{ code: 'INVALID_RECORD', location: '$:2' }]);
    expect(conversations).toMatchObject([
      {
        platform: 'chatgpt',
        externalId: 'c1',
        title: null,
        messages: [{ externalId: 'a' }],
        issues: [{ code: 'INVALID_RECORD' }],
      },
    ]);
  });

  test('keeps a platform that is not known', async () => {
    const { conversations } = await readAll(
      `${HEADER}\n${conversation({ platform: 'mine' })}${message('a', { platform: 'mine' })}`,
    );
    expect(conversations).toMatchObject([{ platform: 'colloquy', metadata: { platform: 'mine' } }]);
  });

  test('is refused or read when it is cut off anywhere, and costs no whole line', async () => {
    const whole = `${HEADER}\n${conversation()}${message('a')}${message('b', { parent: 'a' })}`;
    for (let end = HEADER.length + 1; end < whole.length; end++) {
      const { conversations } = await readAll(whole.slice(0, end)).catch((error: unknown) => {
        expect(error).toBeInstanceOf(ArchiveError);
        return { conversations: [] };
      });
      const lines = whole.slice(0, end).split('\n').length - 2;
      expect(conversations.flatMap(({ messages }) => messages).length).toBeGreaterThanOrEqual(Math.max(0, lines - 1));
    }
  });
});

describe('what is written', () => {
  test('comes back as it was, whatever it is', async () => {
    const text = fc.string({ unit: 'grapheme' });
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const lines = fc.array(
      fc.record({
        type: fc.constantFrom('message', 'conversation'),
        platform: fc.constantFrom('chatgpt', 'slack', 'mine'),
        conversation: id,
        id,
        parent: fc.option(id),
        current: fc.option(id),
        role: fc.constantFrom('USER', 'ASSISTANT', 'TOOL', 'SYSTEM', 'KING'),
        text,
        author: fc.option(text),
        title: fc.option(text),
        createdAt: fc.option(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })),
        hidden: fc.boolean(),
        metadata: fc.option(fc.dictionary(text, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })),
        raw: fc.option(fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value))),
      }),
      { minLength: 1, maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(lines, async (given) => {
        const once = await readAll(`${HEADER}\n${given.map((each) => line(each)).join('')}`);
        const again = await readAll(write(once.conversations));
        expect(again.issues).toEqual([]);
        expect(withoutIssues(again.conversations)).toEqual(withoutIssues(once.conversations));
      }),
    );
  });

  const exports = join(import.meta.dirname, '../../../../../../shared/fixtures/exports');
  const folders = existsSync(exports) ? ['chatgpt', 'claude', 'gemini'] : [];
  const files = folders.flatMap((folder) =>
    readdirSync(join(exports, folder)).map((name) => join(exports, folder, name)),
  );
  const fixtures = files.length > 0 ? test : test.skip;
  fixtures('comes back from every real export', async () => {
    for (const file of files) {
      const once = await readAll(readFileSync(file)).catch(() => ({ conversations: [] }));
      const again = await readAll(write(once.conversations)).catch(() => ({ conversations: [], issues: [] }));
      expect(withoutIssues(again.conversations)).toEqual(withoutIssues(once.conversations));
    }
    expect(files.length).toBeGreaterThan(10);
  });
});
