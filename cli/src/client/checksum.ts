import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** SHA-256 of a file in lower-case hexadecimal, and the number of bytes that were read for it. */
export async function checksum(
  path: string,
  onBytes?: (read: number) => void,
): Promise<{ sha256: string; byteSize: number }> {
  const hash = createHash('sha256');
  let byteSize = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk);
    byteSize += chunk.length;
    onBytes?.(byteSize);
  }
  return { sha256: hash.digest('hex'), byteSize };
}
