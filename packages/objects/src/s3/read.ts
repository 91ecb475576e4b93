import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { GetObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { ByteRange } from '../store.ts';
import { isUnavailable, s3StoreError } from './errors.ts';
import type { Place } from './write.ts';

/** Milliseconds before each further attempt to go on; every byte that arrives starts the row anew. */
const PAUSES_MS = [250, 1_000, 2_000, 4_000];

/**
 * Reads an object or a part of it. A connection that breaks, or goes silent, is taken up again where it stopped, as
 * long as the object is the same one.
 */
export async function* readObject(client: S3Client, place: Place, range?: ByteRange): AsyncGenerator<Uint8Array> {
  let position = range?.start ?? 0;
  let end = range?.end;
  let version: string | undefined;
  let breaks = 0;
  while (end === undefined || position < end) {
    try {
      const opened = await open(client, place, { start: position, end, version });
      if (opened === null) return;
      version = opened.version;
      end = position + opened.length;
      for await (const chunk of opened.body) {
        position += chunk.length;
        breaks = 0;
        yield chunk;
      }
      if (position < end) throw new Error('The answer ended early.');
    } catch (error) {
      const meaning = s3StoreError(error, place.Key);
      const pause = PAUSES_MS[breaks];
      // The first request was repeated by the SDK itself.
      if (version === undefined || pause === undefined || !isUnavailable(meaning)) throw meaning;
      breaks += 1;
      await delay(pause);
    }
  }
}

interface OpenedBody {
  body: Readable;
  length: number;
  version: string | undefined;
}

/** Null when nothing lies in the range. */
async function open(
  client: S3Client,
  place: Place,
  from: { start: number; end: number | undefined; version: string | undefined },
): Promise<OpenedBody | null> {
  try {
    const { Body, ContentLength, ETag } = await client.send(
      new GetObjectCommand({
        ...place,
        ...(from.start > 0 || from.end !== undefined ? { Range: rangeHeader(from.start, from.end) } : {}),
        ...(from.version === undefined ? {} : { IfMatch: from.version }),
      }),
    );
    if (Body === undefined || ContentLength === undefined) throw new Error('The answer has no body or no length.');
    return { body: Body as Readable, length: ContentLength, version: ETag };
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 416) return null;
    throw error;
  }
}

function rangeHeader(start: number, end: number | undefined): string {
  return `bytes=${start}-${end === undefined ? '' : end - 1}`;
}
