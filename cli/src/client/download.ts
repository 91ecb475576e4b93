import { open, rename, rm } from 'node:fs/promises';
import { z } from 'zod';
import { NotAllowedError, PlatformUnreachableError, RefusedError } from '../exit.ts';
import type { Connection } from './connection.ts';
import { errorBody } from './error-body.ts';
import { networkReason } from './graphql.ts';

/** What an export holds, as its last line says, or the comment of a ZIP; `assets` are files with their bytes. */
const counted = z.object({
  conversations: z.number(),
  messages: z.number(),
  attachments: z.number().default(0),
  assets: z.number().default(0),
});
const end = counted.extend({ type: z.literal('end') });
export type ExportCounts = z.infer<typeof counted>;

/** A file of this name gets a ZIP, with the files that came with messages; any other one lines. */
const ZIP_NAME = /\.zip$/i;

/**
 * Writes an export to a file as it arrives; it takes the file's name when it is whole. `onBytes` hears how much came so
 * far. Throws RefusedError with the platform's code, or PlatformUnreachableError when it breaks off.
 */
export async function downloadExport(
  connection: Connection,
  name: string,
  path: string,
  onBytes: (received: number) => void,
): Promise<ExportCounts> {
  const response = await ask(connection, name, ZIP_NAME.test(path) ? 'application/zip' : 'application/jsonl');
  const part = `${path}.part`;
  try {
    const counts = await save(connection, response, part, onBytes);
    await rename(part, path);
    return counts;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function ask(connection: Connection, name: string, accept: string): Promise<Response> {
  const headers = { accept, authorization: `Bearer ${await connection.token()}` };
  const response = await fetch(`${connection.url}/exports/${encodeURIComponent(name)}`, { headers }).catch(
    (error: unknown) => {
      throw new PlatformUnreachableError(connection.url, networkReason(error), { cause: error });
    },
  );
  if (response.ok) return response;
  const { status } = response;
  if (status === 401 || status === 403) throw new NotAllowedError(`HTTP ${status}.`);
  const { code, message } = errorBody(await response.text());
  if (code === undefined || message === undefined) {
    throw new PlatformUnreachableError(connection.url, `HTTP ${status} to the export`);
  }
  throw new RefusedError(code, message);
}

/** The end of a file is looked at in this many bytes. */
const TAIL_BYTES = 1024;

async function save(
  connection: Connection,
  response: Response,
  path: string,
  onBytes: (received: number) => void,
): Promise<ExportCounts> {
  const unwritable = (error: Error) => {
    throw new RefusedError('FILE_NOT_WRITABLE', `${path} cannot be written: ${error.message}`);
  };
  const file = await open(path, 'w').catch(unwritable);
  let tail = Buffer.alloc(0);
  try {
    let received = 0;
    for await (const chunk of piecesOf(connection, response)) {
      await file.write(chunk).catch(unwritable);
      received += chunk.length;
      tail = Buffer.concat([tail, chunk]).subarray(-TAIL_BYTES);
      onBytes(received);
    }
    await file.sync().catch(unwritable);
  } finally {
    await file.close();
  }
  const counts = countsIn(tail);
  if (!counts) throw new PlatformUnreachableError(connection.url, 'the export broke off before its end');
  return counts;
}

async function* piecesOf(connection: Connection, response: Response): AsyncGenerator<Uint8Array> {
  try {
    yield* response.body ?? [];
  } catch (error) {
    throw new PlatformUnreachableError(connection.url, networkReason(error), { cause: error });
  }
}

/** Both lines and ZIPs end with JSON of one object. */
function countsIn(tail: Buffer): ExportCounts | undefined {
  const text = tail.toString('utf8').trimEnd();
  try {
    const { success, data } = end.safeParse(JSON.parse(text.slice(text.lastIndexOf('{'))));
    return success ? counted.parse(data) : undefined;
  } catch {
    // A piece of a line: the export was cut off, which the caller says.
    return undefined;
  }
}
