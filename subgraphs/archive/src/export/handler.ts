import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { findUpload } from '@colloquy/database';
import { viewerFromClaims } from '@colloquy/domain';
import type { ObjectStore } from '@colloquy/objects';
import { type Identity, readClaims, respondJson } from '@colloquy/service';
import type { HttpRoute } from '@colloquy/service/subgraph';
import { requireRole } from '../access.ts';
import { uuidOf } from '../ids.ts';
import { RouteRefusal, refusalOf, refusals } from '../refusal.ts';
import type { TenantStore } from '../tenant-store.ts';
import { exportLines } from './export-lines.ts';
import { exportZip } from './export-zip.ts';
import { ALL, EXPORT_PREFIX } from './route.ts';

const LINES = 'application/jsonl';
const ZIP = 'application/zip';

/** What is to be exported. */
interface Wanted {
  store: TenantStore;
  /** UUID; null for everything. */
  archiveId: string | null;
}

/**
 * `GET /exports/<archive id>`, or `/exports/all`: conversations as lines of our own format, written as they are read; with
 * `Accept: application/zip` a ZIP of them with the files that came with messages. Lines without an `end`, and a ZIP without
 * its directory, were cut off. Refusals are 401, 403, 404 and 503, with `{code, message}`.
 */
export function exportRoute(objects: ObjectStore, storeOf: (identity: Identity) => TenantStore): HttpRoute {
  async function find(pathname: string, identity: Identity): Promise<Wanted> {
    requireRole(readClaims(identity, viewerFromClaims), 'READ_ONLY', 'export archives');
    const store = storeOf(identity);
    const name = pathname.slice(EXPORT_PREFIX.length);
    if (name === ALL) {
      await store.scope();
      return { store, archiveId: null };
    }
    const archiveId = uuidOf('archive', name);
    const known = archiveId !== null && (await store.transact((client) => findUpload(client, archiveId)));
    if (!known) throw refusals.unknown();
    return { store, archiveId };
  }

  return {
    method: 'GET',
    prefix: EXPORT_PREFIX,
    async handle(request, response, { identity, log }) {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const wanted = await find(pathname, identity).catch((error: unknown) => {
        const refusal = refusalOf(error);
        if (refusal === null) throw error;
        return refusal;
      });
      if (wanted instanceof RouteRefusal) {
        respondJson(response, wanted.status, { code: wanted.code, message: wanted.message });
        return;
      }
      const { store, archiveId } = wanted;
      const zipped = asksForZip(request);
      response.writeHead(200, {
        'content-type': zipped ? ZIP : `${LINES}; charset=utf-8`,
        'content-disposition': `attachment; filename="colloquy-export.${zipped ? 'zip' : 'jsonl'}"`,
        vary: 'accept',
      });
      const body = zipped ? exportZip({ store, objects, archiveId }) : Readable.from(exportLines(store, archiveId));
      await pipeline(body, response).catch((error: unknown) => {
        // The head is out: all that is left is to break off, which pipeline did.
        log.warn({ err: error }, 'an export broke off');
      });
    },
  };
}

function asksForZip({ headers }: IncomingMessage): boolean {
  const types = headers.accept?.split(',').map((range) => range.split(';', 1)[0]?.trim().toLowerCase());
  return types?.includes(ZIP) ?? false;
}
