import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { AbortMultipartUploadCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { WriteOptions, WrittenObject } from '../store.ts';
import { measureBody } from './body.ts';
import { s3StoreError } from './errors.ts';

const MEBIBYTE = 1024 ** 2;
/** Parts are held in memory while they are sent: these two bound what one write takes. */
const PART_BYTES = 8 * MEBIBYTE;
const PARTS_AT_ONCE = 3;
/** S3 takes no more parts than that. */
const MAX_PARTS = 10_000;
const ABORT_MS = 5_000;
/** Names the write that an object is of. */
const WRITE_ID = 'colloquy-write';

export interface Place {
  Bucket: string;
  Key: string;
}

/**
 * Sends a body in parts, each with a checksum that the server compares, and has them put together once the whole was
 * seen and found right. A short body is one request. Without `maxBytes` a body may have 78 GiB. Whatever goes wrong, the
 * parts are thrown away.
 */
export async function writeObject(
  client: S3Client,
  place: Place,
  body: AsyncIterable<Uint8Array>,
  options: WriteOptions,
  onHousekeepingError: (error: unknown) => void,
): Promise<WrittenObject> {
  const { maxBytes: wanted = Number.POSITIVE_INFINITY } = options;
  const maxBytes = Number.isFinite(wanted) ? wanted : PART_BYTES * MAX_PARTS;
  const measured = measureBody(body, { ...options, maxBytes });
  const writeId = randomUUID();
  const upload = new Upload({
    client,
    params: { ...place, Body: Readable.from(measured.chunks()), Metadata: { [WRITE_ID]: writeId } },
    // Whoever lets a body be longer than that holds more of it at once.
    partSize: Math.max(PART_BYTES, Math.ceil(maxBytes / MAX_PARTS)),
    queueSize: PARTS_AT_ONCE,
    // Thrown away below instead, with a limit of its own: the library would hide the first error behind one of the end.
    leavePartsOnError: true,
  });
  try {
    await upload.done();
  } catch (error) {
    if (measured.written && (await isWritten(client, place, writeId))) return measured.written;
    if (upload.uploadId !== undefined) await abort(client, place, upload.uploadId).catch(onHousekeepingError);
    throw measured.refusal ? measured.refusal.error : s3StoreError(error, place.Key);
  }
  if (measured.written === null) throw new Error('The upload ended before its body did.');
  return measured.written;
}

/** Whether the object is of this write after all: the last request may have done its work and lost its answer. */
async function isWritten(client: S3Client, place: Place, writeId: string): Promise<boolean> {
  try {
    const { Metadata } = await client.send(new HeadObjectCommand(place), {
      abortSignal: AbortSignal.timeout(ABORT_MS),
    });
    return Metadata?.[WRITE_ID] === writeId;
  } catch {
    // Absent, or no answer to this either: the write has failed, and its first error says why.
    return false;
  }
}

async function abort(client: S3Client, place: Place, UploadId: string): Promise<void> {
  await client.send(new AbortMultipartUploadCommand({ ...place, UploadId }), {
    abortSignal: AbortSignal.timeout(ABORT_MS),
  });
}
