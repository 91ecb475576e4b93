import { createHash } from 'node:crypto';

/** SHA-256 (hex) of the text that is embedded: with the embedding version, the key of its vector. */
export function textHash(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
