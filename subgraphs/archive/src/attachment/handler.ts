import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type AttachedFile, findAttachedFile } from '@colloquy/database';
import { viewerFromClaims } from '@colloquy/domain';
import { type ObjectStore, openObjectSource } from '@colloquy/objects';
import { type Identity, readClaims, respondJson } from '@colloquy/service';
import type { HttpRoute } from '@colloquy/service/subgraph';
import { requireRole } from '../access.ts';
import { uuidOf } from '../ids.ts';
import { RouteRefusal, refusalOf } from '../refusal.ts';
import type { TenantStore } from '../tenant-store.ts';
import { ATTACHMENT_PREFIX } from './route.ts';

const UNKNOWN = new RouteRefusal(404, 'NOT_FOUND', 'There is no such attachment, or its archive holds no bytes of it.');

/**
 * `GET /attachments/<id>`: the bytes of a file that came with a message. Somebody else wrote them, so a browser is told to
 * save them and to run nothing in them. Refusals are 401, 403, 404 and 503, with `{code, message}`.
 */
export function attachmentRoute(objects: ObjectStore, storeOf: (identity: Identity) => TenantStore): HttpRoute {
  async function open(pathname: string, identity: Identity) {
    requireRole(readClaims(identity, viewerFromClaims), 'READ_ONLY', 'read attachments');
    const id = uuidOf('attachment', pathname.slice(ATTACHMENT_PREFIX.length));
    const file = id === null ? null : await storeOf(identity).transact((client) => findAttachedFile(client, id));
    if (file === null) throw UNKNOWN;
    return { file, source: await openObjectSource(objects, file.objectKey) };
  }

  return {
    method: 'GET',
    prefix: ATTACHMENT_PREFIX,
    async handle(request, response, { identity, log }) {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const opened = await open(pathname, identity).catch((error: unknown) => {
        const refusal = refusalOf(error);
        if (refusal === null) throw error;
        return refusal;
      });
      if (opened instanceof RouteRefusal) {
        respondJson(response, opened.status, { code: opened.code, message: opened.message });
        return;
      }
      response.writeHead(200, headersOf(opened.file, opened.source.size));
      await pipeline(Readable.from(opened.source.stream()), response).catch((error: unknown) => {
        // The head is out: all that is left is to break off, which pipeline did.
        log.warn({ err: error }, 'sending an attachment broke off');
      });
    },
  };
}

/** A media type that may stand in a header as it is. */
const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+$/;

function headersOf({ fileName, mediaType, sha256 }: AttachedFile, size: number) {
  return {
    'content-type': mediaType !== null && MEDIA_TYPE.test(mediaType) ? mediaType : 'application/octet-stream',
    'content-length': size,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName ?? sha256).replace(/['()*]/g, percent)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    etag: `"${sha256}"`,
  };
}

/** What RFC 8187 wants encoded and `encodeURIComponent` leaves as it is. */
const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
