import type { IncomingMessage } from 'node:http';
import { toId, viewerFromClaims } from '@colloquy/domain';
import type { ObjectStore } from '@colloquy/objects';
import { type Identity, readClaims, respondJson } from '@colloquy/service';
import type { HttpRoute } from '@colloquy/service/subgraph';
import { requireRole } from '../access.ts';
import { uuidOf } from '../ids.ts';
import { refusalOf, refusals } from '../refusal.ts';
import type { TenantStore } from '../tenant-store.ts';
import { receiveUpload } from './receive.ts';
import { UPLOAD_PREFIX } from './route.ts';

/**
 * `PUT /uploads/<archive id>`: the bytes of an announced archive. 201 when they are stored now, 200 when the tenant had
 * them already; refusals are 401, 403, 404, 409, 413, 422, 503 (a store is away) and 507 (the object store is full), with `{code, message}`.
 */
export function uploadRoute(objects: ObjectStore, storeOf: (identity: Identity) => TenantStore): HttpRoute {
  async function receive(request: IncomingMessage, identity: Identity) {
    requireRole(readClaims(identity, viewerFromClaims), 'STANDARD', 'upload archives');
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const archiveId = uuidOf('archive', pathname.slice(UPLOAD_PREFIX.length));
    if (archiveId === null) throw refusals.unknown();
    const length = request.headers['content-length'];
    const contentLength = length === undefined ? null : Number(length);
    // Leaving the loop early must not cut the connection: the answer still has to go out over it.
    const body: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
    const { size, sha256, known } = await receiveUpload(storeOf(identity), objects, { archiveId, contentLength, body });
    return { status: known ? 200 : 201, answer: { archiveId: toId('archive', archiveId), sha256, byteSize: size } };
  }

  return {
    method: 'PUT',
    prefix: UPLOAD_PREFIX,
    async handle(request, response, { identity, log }) {
      try {
        const { status, answer } = await receive(request, identity);
        respondJson(response, status, answer);
      } catch (error) {
        if (request.destroyed && !request.complete) {
          log.info('an upload broke off; nothing of it was kept');
          return;
        }
        const refusal = refusalOf(error);
        if (refusal === null) throw error;
        if (refusal.status >= 500) log.warn({ err: error }, 'an upload could not be stored');
        respondJson(response, refusal.status, { code: refusal.code, message: refusal.message });
      }
    },
  };
}
