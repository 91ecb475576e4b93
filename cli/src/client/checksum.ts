import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { RefusedError } from '../exit.ts';

/**
 * SHA-256 of a file in lower-case hexadecimal, and the number of bytes that were read for it. The memory it takes does
 * not grow with the file. Throws a RefusedError when the file cannot be read.
 */
export async function checksum(
  path: string,
  onBytes?: (read: number) => void,
  signal?: AbortSignal,
): Promise<{ sha256: string; byteSize: number }> {
  const hash = createHash('sha256');
  let byteSize = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024, ...(signal && { signal }) })) {
      hash.update(chunk);
      byteSize += chunk.length;
      onBytes?.(byteSize);
    }
  } catch (error) {
    if (signal?.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new RefusedError('FILE_NOT_READABLE', `${path} cannot be read: ${reason}`, undefined, { cause: error });
  }
  return { sha256: hash.digest('hex'), byteSize };
}
