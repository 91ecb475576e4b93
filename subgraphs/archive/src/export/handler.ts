import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { findUpload } from '@colloquy/database';
import { viewerFromClaims } from '@colloquy/domain';
import { type Identity, readClaims, respondJson } from '@colloquy/service';
import type { HttpRoute } from '@colloquy/service/subgraph';
import { requireRole } from '../access.ts';
import { uuidOf } from '../ids.ts';
import { RouteRefusal, refusalOf, refusals } from '../refusal.ts';
import type { TenantStore } from '../tenant-store.ts';
import { exportLines } from './export-lines.ts';
import { ALL, EXPORT_PREFIX } from './route.ts';

/**
 * `GET /exports/<archive id>`, or `/exports/all`: conversations as lines of our own format, written as they are read. An
 * answer without an `end` line was cut off. Refusals are 401, 403, 404 and 503, with `{code, message}`.
 */
export function exportRoute(storeOf: (identity: Identity) => TenantStore): HttpRoute {
  async function open(pathname: string, identity: Identity): Promise<AsyncGenerator<string>> {
    requireRole(readClaims(identity, viewerFromClaims), 'READ_ONLY', 'export archives');
    const store = storeOf(identity);
    const name = pathname.slice(EXPORT_PREFIX.length);
    if (name === ALL) {
      await store.scope();
      return exportLines(store, null);
    }
    const archiveId = uuidOf('archive', name);
    const known = archiveId !== null && (await store.transact((client) => findUpload(client, archiveId)));
    if (!known) throw refusals.unknown();
    return exportLines(store, archiveId);
  }

  return {
    method: 'GET',
    prefix: EXPORT_PREFIX,
    async handle(request, response, { identity, log }) {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const lines = await open(pathname, identity).catch((error: unknown) => {
        const refusal = refusalOf(error);
        if (refusal === null) throw error;
        return refusal;
      });
      if (lines instanceof RouteRefusal) {
        respondJson(response, lines.status, { code: lines.code, message: lines.message });
        return;
      }
      response.writeHead(200, {
        'content-type': 'application/jsonl; charset=utf-8',
        'content-disposition': 'attachment; filename="colloquy-export.jsonl"',
      });
      await pipeline(Readable.from(lines), response).catch((error: unknown) => {
        // The head is out: all that is left is to break off, which pipeline did.
        log.warn({ err: error }, 'an export broke off');
      });
    },
  };
}
