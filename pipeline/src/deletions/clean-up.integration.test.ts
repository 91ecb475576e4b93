import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { completeUpload, createUpload, createViewerRegistry, type Database, inTenant } from '@colloquy/database';
import { mintUuid, viewerFromClaims } from '@colloquy/domain';
import { type ObjectStore, openObjectStore } from '@colloquy/objects';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { planCleanUp, tidy } from './clean-up.ts';

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let objects: ObjectStore;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = testDatabase.open();
  folder = await mkdtemp(join(tmpdir(), 'colloquy-clean-'));
  objects = openObjectStore(pathToFileURL(folder).href);
}, 60_000);
afterAll(async () => {
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

async function* bytes(text: string) {
  yield Buffer.from(text);
}
const never = new AbortController().signal;
const inAnHour = () => new Date(Date.now() + 3_600_000);

test('objects that no row names and files that never came go once they are old; everything else stays', async () => {
  const scope = await createViewerRegistry(database)(
    viewerFromClaims({ sub: 'one', tenant: 'tidy', role: 'STANDARD' }),
  );
  const { tenantId, userId } = scope;
  const announce = () =>
    inTenant(database, scope, (client) =>
      createUpload(client, { fileName: 'a.json', byteSize: 5, sha256: null, userId }),
    );
  const stored = await announce();
  const objectKey = `archives/${tenantId}/${stored.archiveId}/${mintUuid()}`;
  const orphan = `archives/${tenantId}/${mintUuid()}/${mintUuid()}`;
  const foreign = 'elsewhere/notes.txt';
  for (const key of [objectKey, orphan, foreign]) await objects.write(key, bytes('12345'));
  await inTenant(database, scope, (client) =>
    completeUpload(client, { archiveId: stored.archiveId, sha256: 'a'.repeat(64), objectKey }),
  );
  await announce();

  const young = new Date(Date.now() - 3_600_000);
  expect(await tidy({ database, objects }, young, never)).toEqual({ objects: 0, bytes: 0, abandonedUploads: 0 });
  const gone = { objects: 1, bytes: 5, abandonedUploads: 1 };
  expect(await tidy({ database, objects }, inAnHour(), never)).toEqual(gone);
  expect(await tidy({ database, objects }, inAnHour(), never)).toEqual({ objects: 0, bytes: 0, abandonedUploads: 0 });
  const left: string[] = [];
  for await (const { key } of objects.list('')) left.push(key);
  expect(left.sort()).toEqual([objectKey, foreign].sort());
  const { rows } = await inTenant(database, scope, (client) =>
    client.query<{ id: string }>('SELECT id FROM intelligence.source_archives'),
  );
  expect(rows.map(({ id }) => id)).toEqual([stored.archiveId]);
});

test('one clean-up is planned, however many workers ask for it', async () => {
  await Promise.all([1, 2, 3].map(() => planCleanUp({ database })));
  const { rows } = await database.pool.query(`SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'clean-up'`);
  expect(rows).toHaveLength(1);
});
