import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { canMount, startTestS3Server, type TestS3Server } from '../../../../tests/support/s3-server.ts';
import { until } from '../../../../tests/support/wait.ts';
import type { ObjectStore, WrittenObject } from '../store.ts';
import { createBucket, type TestBucket } from '../testing/bucket.ts';
import { chunks, collect, listed, mebibytes } from '../testing/bytes.ts';
import { openFaultyWire } from '../testing/faulty-wire.ts';

jest.setTimeout(120_000);

const AWAY = { code: 'OBJECT_STORE_UNAVAILABLE' };
const LENGTH = 25;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
let expected: WrittenObject;

let s3: TestS3Server;
let bucket: TestBucket;
let number = 0;
/** A store of the test's own that loses patience after `silenceMs`. */
const freshStore = (silenceMs: number): ObjectStore => bucket.open(`t${++number}`, { silenceMs, connectMs: 1_000 });

/** A long body that is interrupted after `at` MiB. */
async function* interrupted(at: number, interrupt: () => void | Promise<void>): AsyncGenerator<Uint8Array> {
  let passed = 0;
  for await (const chunk of mebibytes(LENGTH)) {
    if (passed++ === at) await interrupt();
    yield chunk;
  }
}
/** Reads everything, interrupted once `at` MiB have arrived. */
async function readInterrupted(store: ObjectStore, at: number, interrupt: () => void): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let done = false;
  for await (const chunk of store.read('k')) {
    parts.push(chunk);
    length += chunk.length;
    if (!done && length >= at * 1024 ** 2) {
      done = true;
      interrupt();
    }
  }
  return Buffer.concat(parts);
}
const answering = (store: ObjectStore) =>
  until('the server to answer', 20_000, () => store.ping().then(() => true as const));
const restartedSince = (pid: number | null) =>
  until('the server to be started again', 20_000, () => (s3.server.pid !== null && s3.server.pid !== pid) || null);

beforeAll(async () => {
  const whole = await collect(mebibytes(LENGTH));
  expected = { size: whole.length, sha256: sha256(whole) };
  s3 = await startTestS3Server();
  bucket = await createBucket(s3.server);
});
afterEach(() => s3.signal('SIGCONT'));
afterAll(() => s3.remove());

describe('while the server is frozen', () => {
  test('a write waits for a short pause and is whole', async () => {
    const store = freshStore(10_000);
    const body = interrupted(20, () => {
      s3.signal('SIGSTOP');
      setTimeout(() => s3.signal('SIGCONT'), 2_000);
    });
    expect(await store.write('k', body)).toEqual(expected);
    expect(sha256(await collect(store.read('k')))).toBe(expected.sha256);
  });

  test('a write gives up when the pause is long, shows nothing, and succeeds when tried again', async () => {
    const store = freshStore(1_000);
    const began = Date.now();
    await expect(
      store.write(
        'k',
        interrupted(20, () => s3.signal('SIGSTOP')),
      ),
    ).rejects.toMatchObject(AWAY);
    expect(Date.now() - began).toBeLessThan(30_000);
    s3.signal('SIGCONT');
    await answering(store);
    await expect(store.size('k')).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    expect(await listed(store.list(''))).toEqual([]);
    expect(await store.write('k', mebibytes(LENGTH))).toEqual(expected);
  });

  test('a read goes on where it stopped', async () => {
    const store = freshStore(1_000);
    await store.write('k', mebibytes(LENGTH));
    const whole = await readInterrupted(store, 3, () => {
      s3.signal('SIGSTOP');
      setTimeout(() => s3.signal('SIGCONT'), 3_000);
    });
    expect(sha256(whole)).toBe(expected.sha256);
  });

  test('everything fails within seconds, and nothing hangs', async () => {
    const store = freshStore(500);
    await store.write('k', chunks('x'));
    s3.signal('SIGSTOP');
    try {
      const began = Date.now();
      await expect(store.ping()).rejects.toMatchObject(AWAY);
      await expect(store.size('k')).rejects.toMatchObject(AWAY);
      await expect(collect(store.read('k'))).rejects.toMatchObject(AWAY);
      await expect(listed(store.list(''))).rejects.toMatchObject(AWAY);
      await expect(store.write('other', chunks('x'))).rejects.toMatchObject(AWAY);
      expect(Date.now() - began).toBeLessThan(30_000);
    } finally {
      s3.signal('SIGCONT');
    }
    await answering(store);
    expect((await collect(store.read('k'))).toString()).toBe('x');
  });
});

describe('when the server is killed', () => {
  test.each([1, 12, 24])('a write at %d MiB ends whole or not at all, and can be repeated', async (at) => {
    const store = freshStore(2_000);
    const { pid } = s3.server;
    const outcome = await store
      .write(
        'k',
        interrupted(at, () => s3.signal('SIGKILL')),
      )
      .catch((error: unknown) => error);
    await restartedSince(pid);
    await answering(store);
    if (outcome instanceof Error) {
      expect(outcome).toMatchObject(AWAY);
      await expect(store.size('k')).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    } else {
      expect(outcome).toEqual(expected);
      expect(sha256(await collect(store.read('k')))).toBe(expected.sha256);
    }
    expect(await store.write('k', mebibytes(LENGTH))).toEqual(expected);
  });

  test('a read goes on with the server that takes its place', async () => {
    const store = freshStore(2_000);
    await store.write('k', mebibytes(LENGTH));
    const { pid } = s3.server;
    const whole = await readInterrupted(store, 3, () => s3.signal('SIGKILL'));
    expect(sha256(whole)).toBe(expected.sha256);
    await restartedSince(pid);
  });

  test('a read does not go on with another object under the key', async () => {
    const store = freshStore(2_000);
    await store.write('k', mebibytes(LENGTH));
    const reading = store.read('k')[Symbol.asyncIterator]();
    await reading.next();
    const { pid } = s3.server;
    s3.signal('SIGKILL');
    await restartedSince(pid);
    await answering(store);
    await store.write(
      'k',
      interrupted(LENGTH, () => undefined),
      { maxBytes: LENGTH * 1024 ** 2 },
    );
    await store.write('k', chunks('another'));
    const rest = (async () => {
      while (!(await reading.next()).done);
    })();
    await expect(rest).rejects.toMatchObject({ code: 'OBJECT_CHANGED' });
  });
});

describe('over a wire that', () => {
  test('damages bytes: the server refuses them', async () => {
    const mark = Buffer.from('a mark that the wire looks for');
    const wire = await openFaultyWire(s3.server.endpoint, { damage: mark });
    try {
      const store = bucket.open('damaged', { endpoint: wire.endpoint });
      const damaged = { ...AWAY, message: 'The object store received damaged bytes.' };
      for (const body of [chunks(mark), chunks(Buffer.alloc(9 * 1024 ** 2), mark)]) {
        await expect(store.write('k', body)).rejects.toMatchObject(damaged);
        await expect(store.size('k')).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
      }
      expect(wire.faults).toBeGreaterThanOrEqual(2);
      expect(await bucket.unfinished()).not.toContain('damaged/k');
    } finally {
      await wire.close();
    }
  });

  test('loses every answer to the last request: the object is found to be there', async () => {
    const wire = await openFaultyWire(s3.server.endpoint, { loseAnswerTo: /^POST [^ ]*[?&]uploadId=/ });
    try {
      const store = bucket.open('lost', { endpoint: wire.endpoint });
      expect(await store.write('k', mebibytes(LENGTH))).toEqual(expected);
      expect(wire.faults).toBeGreaterThanOrEqual(1);
      expect(sha256(await collect(store.read('k')))).toBe(expected.sha256);
    } finally {
      await wire.close();
    }
  });

  test('loses every answer to an upload that is taken back: the refusal is what is told', async () => {
    const wire = await openFaultyWire(s3.server.endpoint, { loseAnswerTo: /^DELETE / });
    const told: unknown[] = [];
    try {
      const options = { onHousekeepingError: (error: unknown) => void told.push(error) };
      const store = bucket.open('refused', { endpoint: wire.endpoint }, options);
      const verify = () => {
        throw new Error('refused');
      };
      await expect(store.write('k', mebibytes(LENGTH), { verify })).rejects.toThrow('refused');
      expect(told).toHaveLength(1);
    } finally {
      await wire.close();
    }
  });
});

describe('on a server whose disk is full', () => {
  const onSmallDisk = canMount() ? test : test.skip;

  onSmallDisk('a write says so, keeps nothing, and succeeds when there is room', async () => {
    const small = await startTestS3Server({ diskBytes: 32 * 1024 ** 2 });
    try {
      const store = (await createBucket(small.server)).open('p');
      await store.write('first', mebibytes(12));
      await expect(store.write('second', mebibytes(LENGTH))).rejects.toMatchObject({ code: 'OBJECT_STORE_FULL' });
      expect((await listed(store.list(''))).map(({ key }) => key)).toEqual(['first']);
      await store.delete('first');
      expect((await store.write('second', mebibytes(10))).size).toBe(10 * 1024 ** 2);
    } finally {
      await small.remove();
    }
  });
});

test('a store whose server is gone says so at once', async () => {
  const own = await startTestS3Server();
  const store = await createBucket(own.server)
    .then((owned) => owned.open('p'))
    .finally(() => own.remove());
  const began = Date.now();
  for (const work of [
    () => store.ping(),
    () => store.size('k'),
    () => collect(store.read('k')),
    () => listed(store.list('')),
    () => store.delete('k'),
    () => store.write('k', mebibytes(LENGTH)),
  ]) {
    await expect(work()).rejects.toMatchObject({
      ...AWAY,
      message: 'The object store does not answer (ECONNREFUSED).',
    });
  }
  expect(Date.now() - began).toBeLessThan(20_000);
});
