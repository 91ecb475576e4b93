import {
  DeleteObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { ObjectStoreError, storeUnavailable } from '../errors.ts';
import { checkKey, checkPrefix, isKey } from '../key.ts';
import type { ListedObject, ObjectStore } from '../store.ts';
import { abortAbandoned } from './abandoned.ts';
import { createClient, type S3Options } from './client.ts';
import { s3StoreError } from './errors.ts';
import type { S3Location } from './location.ts';
import { readObject } from './read.ts';
import { type Place, writeObject } from './write.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const PING_MS = 4_000;

/** Objects in a bucket, below a prefix. */
export function openS3Store(
  location: S3Location,
  options: S3Options = {},
  onHousekeepingError: (error: unknown) => void,
): ObjectStore {
  const client = createClient(options);
  const { bucket, prefix } = location;
  const abandonedMs = options.abandonedMs ?? DAY_MS;
  let sweptAt = Number.NEGATIVE_INFINITY;

  const placeOf = (key: string): Place => {
    checkKey(key);
    return { Bucket: bucket, Key: prefix + key };
  };

  /** Beside the first write and then once a day: only who writes leaves something behind. */
  const sweepWhenDue = () => {
    if (Date.now() - sweptAt < Math.min(DAY_MS, abandonedMs)) return;
    sweptAt = Date.now();
    abortAbandoned(client, location, abandonedMs).catch(onHousekeepingError);
  };

  return {
    async write(key, body, writeOptions = {}) {
      const place = placeOf(key);
      sweepWhenDue();
      return writeObject(client, place, body, writeOptions, onHousekeepingError);
    },

    async *read(key, range) {
      const place = placeOf(key);
      if (range && range.end <= range.start) return;
      yield* readObject(client, place, range);
    },

    async size(key) {
      const place = placeOf(key);
      try {
        const { ContentLength } = await client.send(new HeadObjectCommand(place));
        return ContentLength ?? 0;
      } catch (error) {
        const meaning = s3StoreError(error, place.Key);
        // An answer to HEAD has no body that says whether the object is absent or the whole bucket.
        if (meaning instanceof ObjectStoreError && meaning.code === 'OBJECT_NOT_FOUND')
          await pingBucket(client, bucket);
        throw meaning;
      }
    },

    async delete(key) {
      try {
        await client.send(new DeleteObjectCommand(placeOf(key)));
      } catch (error) {
        const meaning = s3StoreError(error, key);
        if (!(meaning instanceof ObjectStoreError && meaning.code === 'OBJECT_NOT_FOUND')) throw meaning;
      }
    },

    async *list(wanted) {
      checkPrefix(wanted);
      yield* listObjects(client, location, wanted);
    },

    ping: () => pingBucket(client, bucket),
  };
}

async function pingBucket(client: S3Client, bucket: string): Promise<void> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal: AbortSignal.timeout(PING_MS) });
  } catch (error) {
    const meaning = s3StoreError(error, bucket);
    const absent = meaning instanceof ObjectStoreError && meaning.code === 'OBJECT_NOT_FOUND';
    throw absent ? storeUnavailable('has no such bucket', error) : meaning;
  }
}

async function* listObjects(
  client: S3Client,
  { bucket, prefix }: S3Location,
  wanted: string,
): AsyncGenerator<ListedObject> {
  try {
    for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix + wanted })) {
      for (const { Key, Size, LastModified } of page.Contents ?? []) {
        const key = Key?.slice(prefix.length) ?? '';
        // Other programs may keep things in the bucket too, such as markers of folders.
        if (isKey(key) && LastModified !== undefined) yield { key, size: Size ?? 0, modifiedAt: LastModified };
      }
    }
  } catch (error) {
    throw s3StoreError(error, wanted);
  }
}
