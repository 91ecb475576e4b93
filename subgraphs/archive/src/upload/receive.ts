import { randomUUID } from 'node:crypto';
import { completeUpload, findUpload, type ReceivedUpload, type UploadState } from '@colloquy/database';
import { type ObjectStore, ObjectStoreError, type WrittenObject } from '@colloquy/objects';
import { StoreUnavailableError } from '@colloquy/service';
import { refusals } from '../refusal.ts';
import type { TenantStore } from '../tenant-store.ts';

export interface Upload {
  /** UUID. */
  archiveId: string;
  /** As the request's head says; null when it does not. */
  contentLength: number | null;
  body: AsyncIterable<Uint8Array>;
}

/** `known`: the tenant had these bytes already, under another archive. */
export interface ReceivedBytes extends WrittenObject {
  known: boolean;
}

/**
 * Takes the bytes of an announced archive: all of them, with the length and hash announced, or none.
 * Reads no further than it must. Throws RouteRefusal.
 */
export async function receiveUpload(store: TenantStore, objects: ObjectStore, upload: Upload): Promise<ReceivedBytes> {
  const { archiveId, contentLength, body } = upload;
  const announced = await store.transact((client) => findUpload(client, archiveId));
  if (announced === null) throw refusals.unknown();
  if (announced.objectKey !== null) throw refusals.complete();
  if (contentLength !== null) checkLength(announced, contentLength);

  // A key of its own: two uploads of one archive at once must not overwrite each other.
  const { tenantId } = await store.scope();
  const folder = `archives/${tenantId}/${archiveId}/`;
  const objectKey = `${folder}${randomUUID()}`;
  const written = await write(objects, objectKey, body, announced);
  const known = await tie(store, objects, { archiveId, sha256: written.sha256, objectKey });
  await removeOthers(objects, folder, known ? null : objectKey);
  return { ...written, known };
}

/** Makes the object the archive's; whether the tenant had these bytes already. What is refused is not kept. */
async function tie(store: TenantStore, objects: ObjectStore, received: ReceivedUpload): Promise<boolean> {
  try {
    const completed = await store.transact((client) => completeUpload(client, received));
    if (completed === 'unknown') throw refusals.unknown();
    if (completed === 'already-complete') throw refusals.complete();
    return completed === 'duplicate';
  } catch (error) {
    // Whether the transaction was committed is not known then, and these may be the archive's only bytes.
    if (!(error instanceof StoreUnavailableError)) await objects.delete(received.objectKey);
    throw error;
  }
}

/** What attempts left behind that were cut off between the object store and PostgreSQL; none of it is referred to. */
async function removeOthers(objects: ObjectStore, folder: string, kept: string | null): Promise<void> {
  for await (const { key } of objects.list(folder)) if (key !== kept) await objects.delete(key);
}

function checkLength({ byteSize }: UploadState, length: number): void {
  if (length > byteSize) throw refusals.tooLarge(byteSize);
  if (length < byteSize) throw refusals.tooSmall(byteSize, length);
}

async function write(
  objects: ObjectStore,
  key: string,
  body: AsyncIterable<Uint8Array>,
  announced: UploadState,
): Promise<WrittenObject> {
  try {
    return await objects.write(key, body, {
      maxBytes: announced.byteSize,
      verify({ size, sha256 }) {
        checkLength(announced, size);
        if (announced.announcedSha256 !== null && announced.announcedSha256 !== sha256) throw refusals.wrongHash();
      },
    });
  } catch (error) {
    if (error instanceof ObjectStoreError && error.code === 'OBJECT_TOO_LARGE')
      throw refusals.tooLarge(announced.byteSize);
    throw error;
  }
}
