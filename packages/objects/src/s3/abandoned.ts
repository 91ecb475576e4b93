import { AbortMultipartUploadCommand, ListMultipartUploadsCommand, type S3Client } from '@aws-sdk/client-s3';
import type { S3Location } from './location.ts';

/**
 * Throws away the parts of uploads below our prefix that began longer ago than `olderThanMs`: their processes died
 * before they could. Parts cost room and are seen in no listing of objects.
 */
export async function abortAbandoned(client: S3Client, location: S3Location, olderThanMs: number): Promise<void> {
  let after: { KeyMarker?: string; UploadIdMarker?: string } | null = {};
  while (after !== null) {
    const page: Awaited<ReturnType<typeof listPage>> = await listPage(client, location, after);
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key === undefined || UploadId === undefined || Initiated === undefined) continue;
      if (Date.now() - Initiated.getTime() < olderThanMs) continue;
      await client.send(new AbortMultipartUploadCommand({ Bucket: location.bucket, Key, UploadId }));
    }
    const { IsTruncated, NextKeyMarker, NextUploadIdMarker } = page;
    after =
      IsTruncated && NextKeyMarker !== undefined
        ? {
            KeyMarker: NextKeyMarker,
            ...(NextUploadIdMarker === undefined ? {} : { UploadIdMarker: NextUploadIdMarker }),
          }
        : null;
  }
}

function listPage(client: S3Client, { bucket, prefix }: S3Location, after: object) {
  return client.send(
    new ListMultipartUploadsCommand({ Bucket: bucket, ...(prefix === '' ? {} : { Prefix: prefix }), ...after }),
  );
}
