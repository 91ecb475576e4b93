import { createReadStream } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { NotAllowedError, PlatformUnreachableError, RefusedError } from '../exit.ts';
import type { Connection } from './connection.ts';
import { errorBody } from './error-body.ts';
import { networkReason } from './graphql.ts';
import { withPatience } from './patience.ts';

const IDLE_LIMIT_MS = 60_000;
const LONGEST_ERROR_BODY = 64 * 1024;

/** A file to be sent, and who wants to hear how far it is (bytes sent so far). */
export interface Upload {
  path: string;
  byteSize: number;
  onBytes?: (sent: number) => void;
}

/**
 * Sends a file to an `uploadUrl` with one streaming PUT; the memory it takes does not grow with the file. An upload that
 * breaks is sent again from the start within the connection's patience. Throws a RefusedError with the platform's code
 * when the bytes are not taken (too many, or not those that were announced).
 */
export async function putArchive(connection: Connection, uploadUrl: string, upload: Upload): Promise<void> {
  const target = new URL(uploadUrl, `${connection.url}/`);
  await withPatience(async () => judge(connection, await send(connection, target, upload)), connection);
}

interface Answer {
  status: number;
  body: string;
}

async function send(connection: Connection, target: URL, upload: Upload): Promise<Answer> {
  const { signal } = connection;
  const token = await connection.token();
  const open = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise<Answer>((resolve, reject) => {
    const source = createReadStream(upload.path, { highWaterMark: 256 * 1024 });
    const request = open(target, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/octet-stream',
        'content-length': upload.byteSize,
      },
      timeout: IDLE_LIMIT_MS,
      ...(signal && { signal }),
    });
    const fail = (error: unknown) => {
      source.destroy();
      reject(new PlatformUnreachableError(connection.url, networkReason(error), { cause: error }));
    };
    let answered = false;
    request.on('response', (response) => {
      // A refusal may come before the last byte is sent: then the rest is not.
      answered = true;
      source.destroy();
      readAnswer(response)
        .then(resolve, fail)
        .finally(() => request.destroy());
    });
    request.on('timeout', () => request.destroy(new Error(`no progress for ${IDLE_LIMIT_MS / 1000} s`)));
    request.on('error', (error) => {
      if (!answered) fail(error);
    });
    source.on('error', (error) => {
      request.destroy();
      reject(new RefusedError('FILE_NOT_READABLE', `${upload.path} cannot be read: ${error.message}`));
    });
    let sent = 0;
    source.on('data', (chunk) => {
      sent += chunk.length;
      upload.onBytes?.(sent);
    });
    source.pipe(request);
  });
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  let body = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    if (body.length < LONGEST_ERROR_BODY) body += chunk;
  }
  return { status: response.statusCode ?? 0, body };
}

function judge(connection: Connection, { status, body }: Answer): void {
  if (status >= 200 && status < 300) return;
  // These bytes are complete already: an earlier attempt got through though its answer did not.
  if (status === 409) return;
  if (status === 401 || status === 403) throw new NotAllowedError(`HTTP ${status}.`);
  if (status === 408 || status === 429 || status >= 500) {
    throw new PlatformUnreachableError(connection.url, `HTTP ${status} to the upload`);
  }
  const said = errorBody(body);
  throw new RefusedError(
    said.code ?? DEFAULT_CODES[status] ?? 'UPLOAD_REFUSED',
    said.message ?? defaultMessage(status),
  );
}

const DEFAULT_CODES: Record<number, string> = { 413: 'LIMIT_EXCEEDED', 422: 'CHECKSUM_MISMATCH' };

function defaultMessage(status: number): string {
  if (status === 413) return 'The file is larger than it was when it was announced, or than the platform takes.';
  if (status === 422) return 'The file changed while it was being sent. Import it again when it is complete.';
  return `The platform refused the upload with HTTP ${status}.`;
}
