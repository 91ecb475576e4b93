import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, ListMultipartUploadsCommand, type S3Client } from '@aws-sdk/client-s3';
import { type OpenOptions, openObjectStore } from '../open.ts';
import { createClient, type S3Options } from '../s3/client.ts';
import type { ObjectStore } from '../store.ts';

/** How to reach a server of a test. */
export interface ServerAddress {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** A new bucket of a test's own. */
export interface TestBucket {
  readonly name: string;
  readonly client: S3Client;
  /** `s3://bucket/<prefix>` */
  open(prefix?: string, tuning?: S3Options, options?: OpenOptions): ObjectStore;
  /** Keys of uploads that are neither complete nor thrown away. */
  unfinished(): Promise<string[]>;
}

export async function createBucket(server: ServerAddress): Promise<TestBucket> {
  const { endpoint, accessKeyId, secretAccessKey, region } = server;
  const s3: S3Options = { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
  const client = createClient(s3);
  const name = `test-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: name }));
  return {
    name,
    client,
    open: (prefix = '', tuning = {}, options = {}) =>
      openObjectStore(`s3://${name}/${prefix}`, { ...options, s3: { ...s3, ...tuning } }),
    async unfinished() {
      const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: name }));
      return Uploads.map(({ Key = '' }) => Key);
    },
  };
}
