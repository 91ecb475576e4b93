import { createHash } from 'node:crypto';
import { type ExportedAsset, exportedAsset, exportedAssets } from '@colloquy/database';
import { type ObjectStore, ObjectStoreError } from '@colloquy/objects';
import type { TenantStore } from '../tenant-store.ts';

const ASSETS_AT_ONCE = 500;

/** The stored bytes of an asset are not those that were stored. */
export class DamagedAssetError extends Error {
  override readonly name = 'DamagedAssetError';
  readonly code = 'DAMAGED_ASSET';

  constructor(sha256: string) {
    super(`The object of the asset ${sha256} has other bytes than were stored.`);
  }
}

/** The assets that exported messages name, each once, in the order of their hashes. */
export async function* assetsOf(store: TenantStore, archiveId: string | null): AsyncGenerator<ExportedAsset> {
  let after: string | null = null;
  for (;;) {
    const page: ExportedAsset[] = await store.transact((client) =>
      exportedAssets(client, { archiveId, after, limit: ASSETS_AT_ONCE }),
    );
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < ASSETS_AT_ONCE) return;
    after = last.sha256;
  }
}

/** Whether an asset can be read. One that was deleted since it was listed cannot; any other fault of the store is thrown. */
export async function isThere(store: TenantStore, objects: ObjectStore, asset: ExportedAsset): Promise<boolean> {
  try {
    await objects.size(asset.objectKey);
    return true;
  } catch (error) {
    const isGone = error instanceof ObjectStoreError && error.code === 'OBJECT_NOT_FOUND';
    if (!isGone || (await store.transact((client) => exportedAsset(client, asset.sha256))) !== null) throw error;
    return false;
  }
}

/** The bytes of an asset. Throws DamagedAssetError at their end when they are not what the hash says. */
export async function* assetBytes(objects: ObjectStore, asset: ExportedAsset): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of objects.read(asset.objectKey)) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== asset.sha256) throw new DamagedAssetError(asset.sha256);
}
