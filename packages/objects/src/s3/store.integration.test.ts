import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CreateMultipartUploadCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { testStores } from '../../../../tests/support/stores.ts';
import { until } from '../../../../tests/support/wait.ts';
import { openObjectStore } from '../open.ts';
import { createBucket, type TestBucket } from '../testing/bucket.ts';
import { chunks, listed, mebibytes } from '../testing/bytes.ts';
import { describeObjectStore } from '../testing/contract.ts';

jest.setTimeout(60_000);

describeObjectStore('the S3 store', async () => (await createBucket(testStores().s3)).open('some/prefix'));

describe('the S3 store', () => {
  let bucket: TestBucket;
  beforeAll(async () => {
    bucket = await createBucket(testStores().s3);
  });

  test('stores of different prefixes do not see each other', async () => {
    const [one, other, whole] = [bucket.open('one'), bucket.open('one-more'), bucket.open()];
    await one.write('k', chunks('1'));
    await other.write('k', chunks('2'));
    expect((await listed(one.list(''))).map(({ key }) => key)).toEqual(['k']);
    expect((await listed(whole.list(''))).map(({ key }) => key)).toEqual(['one-more/k', 'one/k']);
    await one.delete('k');
    expect(await other.size('k')).toBe(1);
  });

  test('lists more than a page, and nothing that cannot be a key of ours', async () => {
    const store = bucket.open('many');
    const keys = Array.from({ length: 1_100 }, (_, index) => `k${String(index).padStart(4, '0')}`);
    for (let start = 0; start < keys.length; start += 50) {
      await Promise.all(keys.slice(start, start + 50).map((key) => store.write(key, chunks('x'))));
    }
    await bucket.client.send(new PutObjectCommand({ Bucket: bucket.name, Key: 'many/with space', Body: 'x' }));
    expect((await listed(store.list(''))).map(({ key }) => key)).toEqual(keys);
  });

  test('throws away what was sent of a long body that is refused', async () => {
    const store = bucket.open('refused');
    const verify = () => {
      throw new Error('refused');
    };
    await expect(store.write('k', mebibytes(20), { verify })).rejects.toThrow('refused');
    expect(await bucket.unfinished()).toEqual([]);
  });

  test('throws away uploads that others left, once they are old, and those of its own prefix alone', async () => {
    const begin = (Key: string) => bucket.client.send(new CreateMultipartUploadCommand({ Bucket: bucket.name, Key }));
    await begin('left/a');
    await begin('left/b');
    await begin('left-alone/c');
    await bucket.open('left').write('young', chunks('x'));
    await bucket.open('left', { abandonedMs: 60_000 }).write('young', chunks('x'));
    expect(await bucket.unfinished()).toEqual(['left-alone/c', 'left/a', 'left/b']);
    await bucket.open('left', { abandonedMs: 1 }).write('old', chunks('x'));
    await until('only the other upload to be left', 10_000, async () =>
      (await bucket.unfinished()).join() === 'left-alone/c' ? true : null,
    );
  });

  test('says that a bucket is absent, and that credentials are refused, as a store that is away', async () => {
    const denied = bucket.open('x', { credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' } });
    const away = { code: 'OBJECT_STORE_UNAVAILABLE' };
    await expect(denied.ping()).rejects.toMatchObject(away);
    await expect(denied.size('k')).rejects.toMatchObject(away);
    await expect(denied.write('k', chunks('x'))).rejects.toMatchObject({
      ...away,
      message: 'The object store does not work (XAdminUserNotFound).',
    });
    const { endpoint, region, accessKeyId, secretAccessKey } = testStores().s3;
    const s3 = { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
    const absent = openObjectStore(`s3://${bucket.name}-absent`, { s3 });
    const noBucket = { ...away, message: 'The object store has no such bucket.' };
    await expect(absent.ping()).rejects.toMatchObject(noBucket);
    await expect(absent.size('k')).rejects.toMatchObject(noBucket);
    await expect(absent.write('k', mebibytes(20))).rejects.toMatchObject(noBucket);
    await expect(absent.delete('k')).rejects.toMatchObject(noBucket);
    await expect(listed(absent.list(''))).rejects.toMatchObject(noBucket);
    await expect(listed(absent.read('k'))).rejects.toMatchObject(noBucket);
  });

  test('finds address, region and credentials in the environment, and holds little of a long body in memory', async () => {
    const { endpoint, accessKeyId, secretAccessKey, region } = testStores().s3;
    const program = `
      const { openObjectStore } = await import(${JSON.stringify(new URL('../open.ts', import.meta.url).href)});
      const { mebibytes } = await import(${JSON.stringify(new URL('../testing/bytes.ts', import.meta.url).href)});
      const store = openObjectStore('s3://${bucket.name}/environment');
      await store.write('short', mebibytes(1));
      const before = process.resourceUsage().maxRSS;
      const { size } = await store.write('long', mebibytes(200));
      console.log(JSON.stringify({ size, grownMebibytes: (process.resourceUsage().maxRSS - before) / 1024 }));
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
      env: {
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
      },
    });
    const { size, grownMebibytes } = JSON.parse(stdout) as { size: number; grownMebibytes: number };
    expect(size).toBe(200 * 1024 ** 2);
    expect(grownMebibytes).toBeLessThan(120);
  });
});
