import { createViewerRegistry, openBell, openDatabase } from '@colloquy/database';
import { viewerFromClaims } from '@colloquy/domain';
import { openObjectStore } from '@colloquy/objects';
import { type Identity, type Log, readClaims } from '@colloquy/service';
import { type RunningService, serveSubgraph } from '@colloquy/service/subgraph';
import { attachmentRoute } from './attachment/handler.ts';
import type { ArchiveContext } from './context.ts';
import type { ArchiveEnvironment } from './environment.ts';
import { exportRoute } from './export/handler.ts';
import { createHealthCheck, REQUIRED_PARTS } from './health.ts';
import { createLoaders } from './loaders/loaders.ts';
import { buildArchiveSchema } from './schema/build.ts';
import { createTenantStore } from './tenant-store.ts';
import { uploadRoute } from './upload/handler.ts';

/** Serves the archive subgraph. Stores are connected to on first use, so it starts whether or not they are there. */
export function serveArchive(environment: ArchiveEnvironment, log: Log): Promise<RunningService> {
  const objects = openObjectStore(environment.OBJECT_STORE_URL, {
    onHousekeepingError: (error) => log.warn({ err: error }, 'remains of broken uploads could not be removed'),
  });
  const database = openDatabase({
    url: environment.DATABASE_URL,
    applicationName: 'colloquy-archive',
    onIdleError: (error) => log.warn({ err: error }, 'an idle connection to PostgreSQL broke'),
  });
  const bell = openBell(environment.REDIS_URL, (error) => log.debug({ err: error }, 'Redis does not answer'));
  const register = createViewerRegistry(database);

  const storeOf = (identity: Identity) => {
    const viewer = readClaims(identity, viewerFromClaims);
    return createTenantStore(database, () => register(viewer));
  };

  return serveSubgraph<ArchiveContext>({
    name: 'archive',
    environment,
    log,
    schema: buildArchiveSchema(),
    context({ identity, signal }) {
      const store = storeOf(identity);
      const maxArchiveBytes = environment.MAX_ARCHIVE_BYTES;
      return {
        viewer: readClaims(identity, viewerFromClaims),
        store,
        loaders: createLoaders(store),
        bell,
        objects,
        maxArchiveBytes,
        signal,
      };
    },
    health: createHealthCheck(database, bell, objects),
    requiredParts: REQUIRED_PARTS,
    routes: [uploadRoute(objects, storeOf), exportRoute(objects, storeOf), attachmentRoute(objects, storeOf)],
    subscriptions: true,
    async onDrain() {
      bell.close();
      await database.close();
    },
  });
}
