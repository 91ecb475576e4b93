import { mintUuid, toId } from '@colloquy/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '../../../tests/support/wait.ts';
import { claims, startArchive, type TestArchive } from './support/archive.ts';
import { announce, beginPut, put, sha256, storedFiles } from './support/upload.ts';

let archive: TestArchive;
let number = 0;
let who = claims('uploader');
const LIMIT = 8_000_000;

beforeAll(async () => {
  archive = await startArchive({ maxArchiveBytes: LIMIT });
}, 30_000);
afterAll(() => archive.close());
// A tenant of its own for each test: bytes of one test are unknown to the next.
beforeEach(() => {
  number += 1;
  who = claims(`uploader-${number}`);
});

async function unchanged(work: () => Promise<void>): Promise<void> {
  const before = await storedFiles(archive);
  await work();
  await until('nothing half to be left', 5_000, async () =>
    (await storedFiles(archive)).length === before.length ? true : null,
  );
}

describe('an upload', () => {
  test('stores exactly the bytes sent and says what they are', async () => {
    const bytes = Buffer.alloc(3_000_000, 'abcdefg');
    const { uploadUrl, archive: announced } = await announce(archive, who, { byteSize: bytes.length });
    const answer = await put(archive, who, uploadUrl, bytes, { chunked: true });
    expect(answer).toMatchObject({
      status: 201,
      body: { archiveId: announced.id, sha256: sha256(bytes), byteSize: bytes.length },
    });
    const { data } = await archive.ask(
      who,
      'query ($id: ID!) { node(id: $id) { ... on SourceArchive { sha256 sessions { id } } } }',
      { id: announced.id },
    );
    expect(data.node).toEqual({ sha256: sha256(bytes), sessions: [] });
    const again = await put(archive, who, uploadUrl, bytes);
    expect(again).toMatchObject({ status: 409, body: { code: 'ALREADY_COMPLETE' } });
  });

  test('need not be sent when its hash is known', async () => {
    const first = await announce(archive, who, { byteSize: 5 });
    await put(archive, who, first.uploadUrl, 'bytes');
    const second = await announce(archive, who, {
      fileName: 'copy.json',
      byteSize: 5,
      sha256: sha256('bytes').toUpperCase(),
    });
    expect(second).toMatchObject({ uploadUrl: null, archive: { id: first.archive.id, fileName: 'export.json' } });
  });

  test('of bytes that are stored already keeps them once, and both archives show them', async () => {
    const first = await announce(archive, who, { byteSize: 5 });
    const second = await announce(archive, who, { byteSize: 5 });
    expect((await put(archive, who, first.uploadUrl, 'twice')).status).toBe(201);
    await unchanged(async () => {
      expect(await put(archive, who, second.uploadUrl, 'twice')).toMatchObject({
        status: 200,
        body: { archiveId: second.archive.id },
      });
    });
    const { data } = await archive.ask(who, 'query ($id: ID!) { node(id: $id) { ... on SourceArchive { sha256 } } }', {
      id: second.archive.id,
    });
    expect(data.node.sha256).toBe(sha256('twice'));
    expect((await put(archive, who, second.uploadUrl, 'twice')).status).toBe(409);
  });

  test('by several requests at once is taken from one of them', async () => {
    const { uploadUrl } = await announce(archive, who, { byteSize: 4 });
    const before = (await storedFiles(archive)).length;
    const answers = await Promise.all(['aaaa', 'bbbb', 'cccc'].map((bytes) => put(archive, who, uploadUrl, bytes)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await storedFiles(archive)).toHaveLength(before + 1);
  });

  test('of the same bytes to several archives at once keeps them once', async () => {
    const announced = await Promise.all([1, 2, 3].map(() => announce(archive, who, { byteSize: 4 })));
    expect(announced.flatMap(({ errors = [] }) => errors)).toEqual([]);
    const before = (await storedFiles(archive)).length;
    const answers = await Promise.all(announced.map(({ uploadUrl }) => put(archive, who, uploadUrl, 'same')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(await storedFiles(archive)).toHaveLength(before + 1);
  });
});

describe('an upload is refused', () => {
  test('with 413 before a byte is read when its head says too much', async () => {
    const { uploadUrl } = await announce(archive, who, { byteSize: 10 });
    await unchanged(async () => {
      const { outgoing, answer } = await beginPut(archive, who, uploadUrl, 1_000_000);
      outgoing.flushHeaders();
      expect(await answer).toMatchObject({ status: 413, body: { code: 'LARGER_THAN_ANNOUNCED' } });
      outgoing.destroy();
    });
  });

  test('with 413 as soon as more comes than was announced, without reading on', async () => {
    const { uploadUrl } = await announce(archive, who, { byteSize: 1_000 });
    await unchanged(async () => {
      const { outgoing, answer } = await beginPut(archive, who, uploadUrl);
      outgoing.write(Buffer.alloc(1_001));
      expect(await answer).toMatchObject({ status: 413 });
      outgoing.destroy();
    });
    expect((await put(archive, who, uploadUrl, Buffer.alloc(1_000))).status).toBe(201);
  });

  test('with 422 when fewer bytes come than were announced', async () => {
    const { uploadUrl } = await announce(archive, who, { byteSize: 10 });
    await unchanged(async () => {
      expect(await put(archive, who, uploadUrl, 'short')).toMatchObject({
        status: 422,
        body: { code: 'SMALLER_THAN_ANNOUNCED' },
      });
      expect(await put(archive, who, uploadUrl, 'short', { chunked: true })).toMatchObject({ status: 422 });
      expect(await put(archive, who, uploadUrl, '', { chunked: true })).toMatchObject({ status: 422 });
    });
  });

  test('with 422 when the hash is not the one announced, and may be sent again', async () => {
    const { uploadUrl } = await announce(archive, who, { byteSize: 5, sha256: sha256('right') });
    await unchanged(async () => {
      expect(await put(archive, who, uploadUrl, 'wrong')).toMatchObject({ status: 422, body: { code: 'WRONG_HASH' } });
    });
    expect((await put(archive, who, uploadUrl, 'right')).status).toBe(201);
  });

  test('with 404 for archives that are not there, 403 for readers', async () => {
    const { uploadUrl } = await announce(archive, who, { byteSize: 5 });
    for (const id of [toId('archive', mintUuid()), toId('item', mintUuid()), 'arch_x', '', '..%2f..%2fetc']) {
      expect(await put(archive, who, `/uploads/${id}`, 'bytes')).toMatchObject({
        status: 404,
        body: { code: 'NOT_FOUND' },
      });
    }
    const reader = { ...who, role: 'READ_ONLY' };
    expect(await put(archive, reader, uploadUrl, 'bytes')).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });

  test('and leaves nothing when its sender goes away in the middle', async () => {
    const { uploadUrl } = await announce(archive, who, { byteSize: 2_000_000 });
    await unchanged(async () => {
      const { outgoing, answer } = await beginPut(archive, who, uploadUrl, 2_000_000);
      answer.catch(() => undefined);
      outgoing.write(Buffer.alloc(500_000));
      await until('the upload to arrive', 5_000, async () =>
        (await storedFiles(archive)).find((name) => name.endsWith('.part')),
      );
      outgoing.destroy();
    });
    expect((await put(archive, who, uploadUrl, Buffer.alloc(2_000_000))).status).toBe(201);
  });
});

describe('an announcement', () => {
  test.each([
    [{ byteSize: 0 }, { __typename: 'InvalidInputError', field: 'byteSize', code: 'EMPTY_FILE' }],
    [{ byteSize: -1 }, { __typename: 'InvalidInputError', field: 'byteSize' }],
    [{ byteSize: LIMIT + 1 }, { __typename: 'LimitExceededError', limit: LIMIT, code: 'LIMIT_EXCEEDED' }],
    [
      { byteSize: 1, sha256: 'abc' },
      { __typename: 'InvalidInputError', field: 'sha256' },
    ],
    [
      { byteSize: 1, fileName: '' },
      { __typename: 'InvalidInputError', field: 'fileName' },
    ],
    [
      { byteSize: 1, fileName: '../etc/passwd' },
      { __typename: 'InvalidInputError', field: 'fileName' },
    ],
    [
      { byteSize: 1, fileName: 'a\0b' },
      { __typename: 'InvalidInputError', field: 'fileName' },
    ],
    [
      { byteSize: 1, fileName: 'x'.repeat(256) },
      { __typename: 'InvalidInputError', field: 'fileName' },
    ],
  ])('of %j is refused', async (input, refusal) => {
    expect(await announce(archive, who, input)).toMatchObject(refusal);
  });

  test('takes any plain name and sizes up to the limit', async () => {
    const taken = await announce(archive, who, { byteSize: LIMIT, fileName: 'Exporté – 会話 🐘.zip' });
    expect(taken.archive).toMatchObject({ byteSize: LIMIT, fileName: 'Exporté – 会話 🐘.zip', sha256: null });
  });
});
