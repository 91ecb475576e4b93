import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inTenant } from '@colloquy/database';
import { toId } from '@colloquy/domain';
import { bytesSource, type ParsedAttachment, type ParsedConversation, readArchive } from '@colloquy/formats';
import { openObjectStore } from '@colloquy/objects';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { isThere } from '../src/export/export-assets.ts';
import { createTenantStore } from '../src/tenant-store.ts';
import { type Claims, claims, startArchive, type TestArchive } from './support/archive.ts';
import { type Seeded, seed } from './support/seed.ts';

const TIME = '2026-02-03T04:05:06.000Z';
/** Larger than any buffer on its way. */
const LARGE = 12 * 1024 * 1024;

/** Files of some size pass through the process several times. */
jest.setTimeout(60_000);

let archive: TestArchive;
let seeded: Seeded;
let hidden: Seeded;
const lamp = Buffer.from('a lamp');
const large = Buffer.alloc(LARGE, 'colloquy');

beforeAll(async () => {
  archive = await startArchive();
  seeded = await seed(archive.database, { tenant: 'collector', conversations: 3, messagesEach: 4, itemsEach: 0 });
  await attach(seeded, 0, 0, 'f1', { bytes: lamp, name: 'lamp.png', type: 'image/png', position: 2, text: 'A lamp.' });
  await attach(seeded, 0, 1, 'f2', { bytes: large, name: 'large.bin', type: null, position: null, text: null });
  await attach(seeded, 1, 0, 'f1', { bytes: lamp, name: null, type: null, position: null, text: null });
  await attach(seeded, 2, 0, 'f3', { bytes: null, name: 'gone.pdf', type: null, position: null, text: null });
  hidden = await seed(archive.database, { tenant: 'hider', conversations: 1, messagesEach: 1, itemsEach: 0 });
  await attach(hidden, 0, 0, 'f1', { bytes: Buffer.from('secret'), name: 's', type: null, position: null, text: null });
}, 60_000);
afterAll(() => archive.close());

interface File {
  bytes: Buffer | null;
  name: string | null;
  type: string | null;
  position: number | null;
  text: string | null;
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const keyOf = ({ scope }: Seeded, sha256: string) => `assets/${scope.tenantId}/${sha256}`;

/** Stores a file as one that came with the message `m0`, as the import does. */
async function attach(to: Seeded, conversation: number, ordinal: number, id: string, file: File): Promise<void> {
  const { bytes, name, type, position, text } = file;
  const sha256 = bytes && hashOf(bytes);
  if (bytes && sha256) await put(keyOf(to, sha256), bytes);
  await inTenant(archive.database, to.scope, async (client) => {
    const { tenantId } = to.scope;
    if (bytes && sha256) {
      await client.query(
        'INSERT INTO intelligence.assets (tenant_id, sha256, byte_size, object_key) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
        [tenantId, sha256, bytes.length, keyOf(to, sha256)],
      );
    }
    await client.query(
      `INSERT INTO intelligence.attachments
        (tenant_id, id, message_id, ordinal, external_id, file_name, media_type, byte_size, sha256, position, text)
       SELECT $1, $2, m.id, $3, $4, $5, $6, $7, $8, $9, $10 FROM intelligence.messages m
       WHERE m.conversation_id = $11 AND m.external_id = 'm0'`,
      [
        ...[tenantId, randomUUID(), ordinal, id, name, type, bytes?.length ?? 77, sha256, position, text],
        to.conversationIds[conversation],
      ],
    );
  });
}

async function put(key: string, bytes: Buffer): Promise<void> {
  const path = join(archive.objects, key);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}

const ask = async (who: Claims, name: string, accept = 'application/zip') =>
  fetch(`${archive.url}/exports/${name}`, { headers: { ...(await archive.headers(who)), accept } });

async function read(bytes: ArrayBuffer): Promise<ParsedConversation[]> {
  const conversations: ParsedConversation[] = [];
  for await (const record of readArchive(bytesSource(new Uint8Array(bytes)))) {
    if (record.kind === 'issue') throw new Error(record.issue.message);
    conversations.push(record.conversation);
  }
  return conversations.toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1));
}

async function bytesOf({ open }: ParsedAttachment): Promise<Buffer | null> {
  if (open === null) return null;
  const chunks: Uint8Array[] = [];
  for await (const chunk of open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const filesIn = (conversations: readonly ParsedConversation[]) =>
  conversations.flatMap(({ messages }) => messages.flatMap(({ attachments }) => attachments));

describe('an export as a ZIP', () => {
  test.each(['all', 'of the archive'])('%s has what the lines have, and the bytes of the files', async (what) => {
    const name = what === 'all' ? what : toId('archive', seeded.archiveId);
    const response = await ask(claims('collector', 'READ_ONLY'), name, 'text/html;q=0.9, application/zip;q=0.8');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip']);
    const bytes = await response.arrayBuffer();
    const conversations = await read(bytes);
    const lines = await read(await (await ask(claims('collector'), name, '*/*')).arrayBuffer());
    const withoutFiles = (all: readonly ParsedConversation[]) =>
      all.map((each) => ({ ...each, messages: each.messages.map((message) => ({ ...message, attachments: [] })) }));
    expect(withoutFiles(conversations)).toEqual(withoutFiles(lines));
    expect(conversations.flatMap(({ issues }) => issues)).toEqual([]);

    const named = filesIn(lines);
    expect(named.map(({ open: _, ...file }) => file)).toEqual([
      { externalId: 'f1', fileName: 'lamp.png', mediaType: 'image/png', byteSize: 6, position: 2, text: 'A lamp.' },
      { externalId: 'f2', fileName: 'large.bin', mediaType: null, byteSize: LARGE, position: null, text: null },
      { externalId: 'f1', fileName: null, mediaType: null, byteSize: 6, position: null, text: null },
      {
        externalId: 'f3',
        fileName: 'gone.pdf',
        mediaType: 'application/pdf',
        byteSize: 77,
        position: null,
        text: null,
      },
    ]);
    expect(named.map(({ open }) => open)).toEqual([null, null, null, null]);
    const [first, second, third, fourth] = await Promise.all(filesIn(conversations).map(bytesOf));
    expect([first, third, fourth]).toEqual([lamp, lamp, null]);
    expect(second?.equals(large)).toBe(true);
    const comment = Buffer.from(bytes).toString('utf8').split('{"type":"end"').at(-1);
    expect(comment).toBe(',"conversations":3,"messages":15,"attachments":4,"assets":2}');
  });

  test('of a tenant that has nothing holds no file', async () => {
    const bytes = Buffer.from(await (await ask(claims('newcomer'), 'all')).arrayBuffer());
    expect(bytes.toString('latin1')).toContain(
      '{"type":"end","conversations":0,"messages":0,"attachments":0,"assets":0}',
    );
  });

  test("shows nobody another one's files", async () => {
    const response = await ask(claims('collector'), toId('archive', hidden.archiveId));
    expect([response.status, await response.json()]).toMatchObject([404, { code: 'NOT_FOUND' }]);
    expect(filesIn(await read(await (await ask(claims('hider'), 'all')).arrayBuffer()))).toHaveLength(1);
  });

  test.each([
    ['missing', () => rm(join(archive.objects, keyOf(hidden, hashOf(Buffer.from('secret')))))],
    ['other than it was', () => put(keyOf(hidden, hashOf(Buffer.from('secret'))), Buffer.from('SECRET'))],
  ])('breaks off when an object is %s', async (_, damage) => {
    await damage();
    const response = await ask(claims('hider'), 'all');
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  test('passes over what was deleted since it was listed, and nothing else', async () => {
    const store = createTenantStore(archive.database, async () => hidden.scope);
    const objects = openObjectStore(pathToFileURL(archive.objects).href);
    const gone = { sha256: '0'.repeat(64), byteSize: 1, objectKey: 'assets/none' };
    const missing = { ...gone, sha256: hashOf(Buffer.from('secret')) };
    expect(await isThere(store, objects, gone)).toBe(false);
    await expect(isThere(store, objects, missing)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
  });

  test('that nobody waits for any more is given up, and the next one is whole', async () => {
    const leaving = new AbortController();
    const headers = { ...(await archive.headers(claims('collector'))), accept: 'application/zip' };
    const response = await fetch(`${archive.url}/exports/all`, { headers, signal: leaving.signal });
    await response.body?.getReader().read();
    leaving.abort();
    expect(filesIn(await read(await (await ask(claims('collector'), 'all')).arrayBuffer()))).toHaveLength(4);
  });
});

test('lines tell what is remembered of a message and of a title', async () => {
  const past = await seed(archive.database, { tenant: 'archivist', conversations: 1, messagesEach: 2, itemsEach: 0 });
  const { tenantId } = past.scope;
  await inTenant(archive.database, past.scope, async (client) => {
    const [conversation] = past.conversationIds;
    await client.query(
      `INSERT INTO intelligence.conversation_titles (tenant_id, conversation_id, ordinal, title, visit, replaced_at)
       VALUES ($1, $2, 1, 'Before', 2, $3)`,
      [tenantId, conversation, TIME],
    );
    await client.query(
      `INSERT INTO intelligence.message_revisions (tenant_id, message_id, revision, visit, text, content_hash, replaced_at)
       SELECT $1, id, 1, 1, 'said before', '\\x00', $3 FROM intelligence.messages WHERE conversation_id = $2 AND external_id = 'm0'`,
      [tenantId, conversation, TIME],
    );
    await client.query(
      `UPDATE intelligence.messages SET absent_since = $2 WHERE conversation_id = $1 AND external_id = 'm1'`,
      [conversation, TIME],
    );
  });
  const bytes = await (await ask(claims('archivist'), 'all', '*/*')).arrayBuffer();
  const lines = Buffer.from(bytes)
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const find = (id: string) => lines.find((line) => line.type === 'message' && line.id === id);
  expect(lines[1]).toMatchObject({ type: 'conversation', formerTitles: [{ title: 'Before', replacedAt: TIME }] });
  expect(find('m0')).toMatchObject({ revisions: [{ revision: 1, text: 'said before', replacedAt: TIME }] });
  expect(find('m1')).toMatchObject({ absentSince: TIME });
  expect(find('m0')).not.toHaveProperty('absentSince');
  const [conversation] = await read(bytes);
  const replacedAt = new Date(TIME);
  expect(conversation).toMatchObject({ issues: [], formerTitles: [{ title: 'Before', replacedAt }] });
  expect(conversation?.messages).toHaveLength(3);
  const message = (id: string) => conversation?.messages.find(({ externalId }) => externalId === id);
  expect(message('m0')?.formerTexts).toEqual([{ revision: 1, text: 'said before', replacedAt }]);
  expect(message('m1')?.absentSince).toEqual(replacedAt);
});
