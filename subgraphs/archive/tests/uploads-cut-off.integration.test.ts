import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inTenant } from '@colloquy/database';
import { tenantUuid, toUuid } from '@colloquy/domain';
import { openObjectStore } from '@colloquy/objects';
import { StoreUnavailableError } from '@colloquy/service';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTenantStore, type TenantStore } from '../src/tenant-store.ts';
import { receiveUpload } from '../src/upload/receive.ts';
import { claims, startArchive, type TestArchive } from './support/archive.ts';
import { announce, chatgptExport, put, storedFiles } from './support/upload.ts';

let archive: TestArchive;

beforeAll(async () => {
  archive = await startArchive();
}, 30_000);
afterAll(() => archive.close());

/** The store of a tenant's first user. */
function storeOf(tenant: string): TenantStore {
  const tenantId = tenantUuid(tenant);
  return createTenantStore(archive.database, async () => {
    const { rows } = await inTenant(archive.database, { tenantId, userId: null }, (client) =>
      client.query<{ id: string }>('SELECT id FROM intelligence.users'),
    );
    return { tenantId, userId: rows[0]?.id ?? '' };
  });
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

test('bytes stay when PostgreSQL took them and went away before it could say so', async () => {
  const who = claims('unheard');
  const text = chatgptExport('unheard');
  const { uploadUrl, archive: announced } = await announce(archive, who, { byteSize: Buffer.byteLength(text) });
  const real = storeOf('unheard');
  let transactions = 0;
  const store: TenantStore = {
    ...real,
    async transact(work) {
      const answer = await real.transact(work);
      transactions += 1;
      if (transactions === 2) throw new StoreUnavailableError('postgres');
      return answer;
    },
  };
  const upload = { archiveId: toUuid('archive', announced.id), contentLength: null, body: once(text) };
  const objects = openObjectStore(pathToFileURL(archive.objects).href);
  await expect(receiveUpload(store, objects, upload)).rejects.toThrow(StoreUnavailableError);

  expect((await put(archive, who, uploadUrl, text)).status).toBe(409);
  const { data } = await archive.ask(
    who,
    'mutation ($input: ImportArchiveInput!) { importArchive(input: $input) { __typename } }',
    { input: { archiveId: announced.id } },
  );
  expect(data.importArchive.__typename).toBe('ImportArchivePayload');
});

test('what an attempt left that ended between the object store and PostgreSQL goes with the next one', async () => {
  const who = claims('left-behind');
  const before = (await storedFiles(archive)).length;
  const { uploadUrl, archive: announced } = await announce(archive, who, { byteSize: 4 });
  const folder = join(archive.objects, 'archives', tenantUuid('left-behind'), toUuid('archive', announced.id));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'left'), 'left');
  expect((await put(archive, who, uploadUrl, 'sent')).status).toBe(201);
  expect(await storedFiles(archive)).toHaveLength(before + 1);
});
