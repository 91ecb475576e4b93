import { expect, test } from '@jest/globals';
import { detectFormat, surveyArchive } from '../../../read.ts';
import { bytesSource } from '../../../source.ts';
import { readAll } from '../../../testing/read-all.ts';
import { writeZip } from '../../../testing/write-zip.ts';

const description = (id: string, more: object = {}) =>
  JSON.stringify({
    id,
    kind: 'artifact',
    visibility: 'private',
    owner_account: 'u',
    updated_at: '2026-09-02T00:00:00Z',
    active_version: '1-b',
    versions: [
      { id: '1-a', title: 'Draft', description: 'A first try', created_at: '2026-09-01T00:00:00Z' },
      { id: '1-b', title: 'Bread clock', created_at: '2026-09-02T00:00:00Z' },
      null,
    ],
    ...more,
  });

test('published artifacts are conversations with a message for each version, and their files', async () => {
  const zip = writeZip([
    { name: 'artifacts/one/artifact.json', data: description('one') },
    { name: 'artifacts/one/versions/1-a.html', data: '<p>old\0</p>' },
    { name: 'artifacts/one/versions/1-b/index.html', data: '<p>new</p>' },
    { name: 'artifacts/one/versions/1-b/clock.png', data: 'bytes' },
    { name: 'artifacts/one/artifact_comments.json', data: '{"threads": []}' },
    { name: 'artifacts/two/artifact.json', data: description('two', { kind: 'page', id: undefined }) },
    { name: 'artifacts/two/page.md', data: '# Rye', crc: 1 },
  ]);
  const { conversations, issues } = await readAll(zip);
  expect(issues).toEqual([]);
  expect(conversations.map(({ externalId, title, metadata }) => [externalId, title, metadata.kind])).toEqual([
    ['artifact:one', 'Bread clock', 'artifact'],
    ['artifact:two', 'Bread clock', 'artifact'],
  ]);
  const [one, two] = conversations;
  expect(one).toMatchObject({
    createdAt: new Date('2026-09-01T00:00:00Z'),
    metadata: { artifact_kind: 'artifact', visibility: 'private', active_version: '1-b' },
    messages: [
      {
        externalId: '1-a',
        text: 'Draft\n\nA first try',
        contentType: 'artifact_version',
        hidden: false,
        attachments: [{ externalId: 'versions/1-a.html', mediaType: 'text/html', text: '<p>old</p>' }],
      },
      {
        externalId: '1-b',
        sequence: 1,
        attachments: [
          { externalId: 'versions/1-b/index.html', fileName: 'index.html', text: '<p>new</p>', byteSize: 10 },
          { externalId: 'versions/1-b/clock.png', mediaType: 'image/png', text: null },
        ],
      },
    ],
  });
  expect(one?.issues.map(({ code }) => code)).toEqual(['INVALID_MESSAGE', 'TEXT_REPAIRED']);
  expect(two?.messages[1]?.attachments).toMatchObject([{ externalId: 'page.md', text: null, open: null }]);
  expect(two?.issues.map(({ code }) => code)).toEqual(['INVALID_MESSAGE', 'UNREADABLE_ATTACHMENT']);
  expect((await surveyArchive(bytesSource(zip))).conversationCount).toBe(2);
  expect(await detectFormat(bytesSource(zip))).toMatchObject({ format: 'claude-json', confidence: 0.8 });
});
