import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { canMount } from '../../../tests/support/s3-server.ts';
import { claims, startArchive, type TestArchive } from './support/archive.ts';
import { announce, chatgptExport, put, storedFiles } from './support/upload.ts';

let archive: TestArchive;
const who = claims('object-outage');
const IMPORT = `mutation ($id: ID!) { importArchive(input: { archiveId: $id }) {
  __typename ... on ImportArchivePayload { session { id } } ... on Error { code message } } }`;
const LIMIT = 64 * 1024 ** 2;

beforeAll(async () => {
  archive = await startArchive({ maxArchiveBytes: LIMIT });
}, 30_000);
afterAll(() => archive.close());

const stateOfObjects = async () => {
  const { parts } = (await (await fetch(`${archive.url}/health/ready`)).json()) as {
    parts: { name: string; state: string }[];
  };
  return parts.find(({ name }) => name === 'objects')?.state;
};

test('while the object store is away uploads are 503 and imports STORE_UNAVAILABLE; all goes on when it is back', async () => {
  const bytes = chatgptExport('outage');
  const stored = await announce(archive, who, { byteSize: bytes.length });
  await put(archive, who, stored.uploadUrl, bytes);
  const waiting = await announce(archive, who, { byteSize: 5 });

  renameSync(archive.objects, `${archive.objects}-away`);
  expect(await put(archive, who, waiting.uploadUrl, 'bytes')).toMatchObject({
    status: 503,
    body: { code: 'STORE_UNAVAILABLE', message: 'The object store lost its folder (ENOENT).' },
  });
  expect((await archive.ask(who, IMPORT, { id: stored.archive.id })).errors?.[0]?.extensions).toEqual({
    code: 'STORE_UNAVAILABLE',
    store: 'objects',
  });
  expect(await stateOfObjects()).toBe('failed');

  renameSync(`${archive.objects}-away`, archive.objects);
  expect(await stateOfObjects()).toBe('healthy');
  expect((await put(archive, who, waiting.uploadUrl, 'bytes')).status).toBe(201);
  const { data } = await archive.ask(who, IMPORT, { id: stored.archive.id });
  expect(data.importArchive.__typename).toBe('ImportArchivePayload');
});

test('an archive whose bytes are gone is refused with what to do', async () => {
  const bytes = chatgptExport('gone');
  const { uploadUrl, archive: announced } = await announce(archive, who, { byteSize: bytes.length });
  await put(archive, who, uploadUrl, bytes);
  renameSync(join(archive.objects, 'archives'), join(archive.objects, 'elsewhere'));
  const { data } = await archive.ask(who, IMPORT, { id: announced.id });
  expect(data.importArchive).toMatchObject({ __typename: 'InvalidInputError', code: 'OBJECT_NOT_FOUND' });
  renameSync(join(archive.objects, 'elsewhere'), join(archive.objects, 'archives'));
});

describe('when the object store is full', () => {
  const onSmallDisk = canMount() ? test : test.skip;

  onSmallDisk('an upload is 507, nothing of it is kept, and it can be repeated', async () => {
    const bytes = Buffer.alloc(8 * 1024 ** 2, 'abc');
    const { uploadUrl } = await announce(archive, who, { byteSize: bytes.length });
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', archive.objects]);
    try {
      mkdirSync(join(archive.objects, '.incoming'));
      expect(await put(archive, who, uploadUrl, bytes)).toMatchObject({
        status: 507,
        body: { code: 'OBJECT_STORE_FULL', message: expect.stringContaining('Free space') },
      });
      expect(await storedFiles(archive)).toEqual([]);
    } finally {
      spawnSync('umount', [archive.objects]);
    }
    expect((await put(archive, who, uploadUrl, bytes)).status).toBe(201);
  });
});
