import type { Bell } from '@colloquy/database';
import type { Viewer } from '@colloquy/domain';
import type { ObjectStore } from '@colloquy/objects';
import type { Loaders } from './loaders/loaders.ts';
import type { TenantStore } from './tenant-store.ts';

/** What the resolvers of one operation have at hand. */
export interface ArchiveContext {
  viewer: Viewer;
  store: TenantStore;
  loaders: Loaders;
  bell: Bell;
  objects: ObjectStore;
  maxArchiveBytes: number;
  /** Fires when the caller is gone. */
  signal: AbortSignal;
}
