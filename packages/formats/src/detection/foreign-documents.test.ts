import { describe, expect, test } from '@jest/globals';
import { readArchive, surveyArchive } from '../read.ts';
import { type ByteSource, bytesSource } from '../source.ts';
import { readAll } from '../testing/read-all.ts';
import { aistudioPrompt, branchingChatgpt, claudeConversation, claudeMessage } from '../testing/samples.ts';
import { type TestEntry, writeZip, zipOf } from '../testing/write-zip.ts';

const CHATGPT = JSON.stringify([branchingChatgpt()]);
const CLAUDE = JSON.stringify([claudeConversation([claudeMessage('a', 'human', [{ type: 'text', text: 'hi' }])])]);
const WHATSAPP = '12/30/20, 9:41 PM - Ann: hi\n12/30/20, 9:42 PM - Bob: ho\n';
const SESSION = '{"type":"header","format":"colloquy","version":1}\n';

const foreign = async (zip: Uint8Array, options = {}) => {
  const { conversations, issues } = await readAll(zip, options);
  const survey = await surveyArchive(bytesSource(zip), options);
  expect(survey.conversationCount).toBe(conversations.length);
  return { format: survey.format, issues, locations: issues.map(({ code, location }) => `${code} ${location}`) };
};

describe('a ZIP with files of several products', () => {
  test('is read as the surest one, and each document of another is named', async () => {
    const { format, issues, locations } = await foreign(
      zipOf({
        'claude/chats.json': CLAUDE,
        'conversations.json': CHATGPT,
        'user.json': '{"id": "x"}',
        prompt: JSON.stringify(aistudioPrompt([{ role: 'user', text: 'hi' }])),
        'ours.jsonl': SESSION,
        'whatsapp.txt': WHATSAPP,
      }),
    );
    expect(format).toBe('chatgpt-json');
    expect(locations).toEqual([
      'FOREIGN_DOCUMENT claude/chats.json',
      'FOREIGN_DOCUMENT prompt',
      'FOREIGN_DOCUMENT ours.jsonl',
      'FOREIGN_DOCUMENT whatsapp.txt',
    ]);
    expect(issues[0]?.message).toBe(
      'The document belongs to another export (Claude export (JSON or ZIP)) than the ZIP is read as (ChatGPT export (JSON or ZIP)), and is not read; import it alone.',
    );
  });

  test('that is read as another one on request names those of the surest', async () => {
    const zip = zipOf({ 'claude.json': CLAUDE, 'conversations.json': CHATGPT });
    expect(await foreign(zip, { format: 'claude-json' })).toMatchObject({
      format: 'claude-json',
      locations: ['FOREIGN_DOCUMENT conversations.json'],
    });
  });

  test('names the whole document of which a reader takes parts', async () => {
    const chat = { type: 'personal_chat', id: 1, name: 'Ann', messages: [] };
    const account = JSON.stringify({ about: 'x', chats: { about: 'y', list: [chat] } });
    const zip = zipOf({ 'conversations.json': CHATGPT, 'telegram/result.json': account });
    expect((await foreign(zip)).locations).toEqual(['FOREIGN_DOCUMENT telegram/result.json']);
    const alone = zipOf({ 'result.json': account, 'note.txt': 'hello' });
    expect(await foreign(alone)).toMatchObject({ format: 'telegram-json', locations: [] });
  });

  test('says nothing of documents that no reader knows', async () => {
    const files = {
      'chat.html': '<html></html>',
      'a.png': '\u0089PNG',
      'note.txt': 'Dear diary',
      'more.json': '{"a":1}',
    };
    expect((await foreign(zipOf({ 'conversations.json': CHATGPT, ...files }))).locations).toEqual([]);
  });

  test('says nothing of an empty list beside an export, nor of the documents of one product alone', async () => {
    const empty = { 'claude/conversations.json': '[]', 'claude/users.json': '[]' };
    expect(
      (await foreign(zipOf({ 'grok/prod-grok-backend.json': '{}', 'x.json': CLAUDE, ...empty }))).locations,
    ).toEqual([]);
    const shards = { 'conversations-000.json': CHATGPT, 'conversations-001.json': CHATGPT };
    expect((await foreign(zipOf(shards))).locations).toEqual([]);
  });

  test('a document of many megabytes is judged by its beginning', async () => {
    const large = `[${`${CLAUDE.slice(1, -1)},`.repeat(100)}${JSON.stringify({ filler: 'x'.repeat(8_000_000) })}]`;
    const entries: TestEntry[] = [
      { name: 'conversations.json', data: CHATGPT, stored: true },
      { name: 'claude.json', data: large, stored: true },
    ];
    const zip = writeZip(entries);
    let streamed = 0;
    const whole = bytesSource(zip);
    const counting: ByteSource = {
      ...whole,
      async *stream(start) {
        for await (const chunk of whole.stream(start)) {
          streamed += chunk.length;
          yield chunk;
        }
      },
    };
    const found: string[] = [];
    for await (const record of readArchive(counting, { format: 'chatgpt-json' })) {
      found.push(record.kind === 'issue' ? record.issue.location : record.conversation.externalId);
    }
    expect(found).toEqual(['claude.json', expect.any(String)]);
    expect(streamed).toBeLessThan(8_000_000);
  });
});
