import { toId } from '@colloquy/domain';
import { bytesSource, type ParsedConversation, readArchive } from '@colloquy/formats';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Claims, claims, startArchive, type TestArchive } from './support/archive.ts';
import { type Seeded, seed } from './support/seed.ts';

let archive: TestArchive;
let seeded: Seeded;
let long: Seeded;
beforeAll(async () => {
  archive = await startArchive();
  // More conversations than are read at once, and more messages in one of them.
  seeded = await seed(archive.database, { tenant: 'exporter', conversations: 60, messagesEach: 4, itemsEach: 0 });
  long = await seed(archive.database, { tenant: 'talker', conversations: 1, messagesEach: 1200, itemsEach: 0 });
}, 60_000);
afterAll(() => archive.close());

const fetchExport = async (who: Claims, name: string) =>
  fetch(`${archive.url}/exports/${name}`, { headers: await archive.headers(who) });

async function read(text: string): Promise<ParsedConversation[]> {
  const conversations: ParsedConversation[] = [];
  for await (const record of readArchive(bytesSource(Buffer.from(text)))) {
    if (record.kind === 'issue') throw new Error(record.issue.message);
    expect(record.conversation.issues).toEqual([]);
    conversations.push(record.conversation);
  }
  return conversations;
}

describe('an export', () => {
  test.each(['all', 'of the archive'])(
    '%s has every conversation with its tree, texts, times and raw JSON',
    async (what) => {
      const name = what === 'all' ? what : toId('archive', seeded.archiveId);
      const response = await fetchExport(claims('exporter', 'READ_ONLY'), name);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        200,
        'application/jsonl; charset=utf-8',
      ]);
      const text = await response.text();
      expect(JSON.parse(text.trimEnd().split('\n').at(-1) ?? '')).toEqual({
        type: 'end',
        conversations: 60,
        messages: 300,
        attachments: 0,
      });
      const conversations = await read(text);
      const numbers = conversations.map(({ externalId }) => Number(externalId.split('-')[1]));
      expect(numbers.toSorted((a, b) => a - b)).toEqual([...Array(60).keys()]);
      for (const { externalId, platform, title, messages } of conversations) {
        const number = Number(externalId.split('-')[1]);
        expect([platform, title]).toEqual([number % 2 ? 'claude' : 'chatgpt', `Talk ${number} about 100% of exporter`]);
        const path = messages.filter(({ onActivePath }) => onActivePath);
        expect(path.map(({ externalId: id, parentExternalId }) => [id, parentExternalId])).toEqual([
          ['m0', null],
          ['m1', 'm0'],
          ['m2', 'm1'],
          ['m3', 'm2'],
        ]);
        expect(messages.find((message) => message.externalId === 'branch')).toMatchObject({
          parentExternalId: 'm0',
          sequence: null,
          raw: '{"id":"branch","big":1}',
          text: 'We decided to use PostgreSQL 🐘 for part 4.',
          createdAt: new Date(Date.UTC(2026, 0, 1, 9) + Math.floor(number / 2) * 86_400_000 + 4 * 60_000),
        });
      }
    },
  );

  test('of a conversation of any length is whole', async () => {
    const [conversation] = await read(
      await (await fetchExport(claims('talker'), toId('archive', long.archiveId))).text(),
    );
    expect(conversation?.messages.map(({ externalId }) => externalId)).toEqual(
      expect.arrayContaining(['m0', 'm499', 'm500', 'm1199', 'branch']),
    );
    expect(conversation?.messages).toHaveLength(1201);
  });

  test('of a tenant that has nothing is empty, and whole', async () => {
    const text = await (await fetchExport(claims('newcomer'), 'all')).text();
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).type),
    ).toEqual(['header', 'end']);
  });

  test("shows nobody another one's archive, and strangers nothing", async () => {
    for (const name of [toId('archive', long.archiveId), 'arch_x', '', 'all/..', '..%2f']) {
      const response = await fetchExport(claims('exporter'), name);
      expect([response.status, await response.json()]).toMatchObject([404, { code: 'NOT_FOUND' }]);
    }
    expect((await fetch(`${archive.url}/exports/all`)).status).toBe(401);
  });
});
