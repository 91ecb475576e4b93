import { hash } from 'node:crypto';
import type { OperationRequest } from '../operation/operation.ts';
import { refusal } from './errors.ts';

const SHA256_PREFIX = 'sha256:';
const SHA256 = /^[0-9a-f]{64}$/;

/** What the request names its operation: an Apollo client in `extensions.persistedQuery`, others in `documentId`. */
export function documentIdOf(request: OperationRequest): string | undefined {
  const extension = request.extensions?.persistedQuery;
  if (extension !== undefined && extension !== null) return hashOfExtension(extension);
  const id = request.documentId;
  return typeof id === 'string' && id !== '' ? plainId(id) : undefined;
}

/** The id without the prefix that says which hash it is. */
export function plainId(id: string): string {
  return id.startsWith(SHA256_PREFIX) ? id.slice(SHA256_PREFIX.length) : id;
}

export function isSha256(id: string): boolean {
  return SHA256.test(id);
}

/** In hexadecimal, of the text in UTF-8. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

function hashOfExtension(extension: unknown): string {
  const { version, sha256Hash } = extension as { version?: unknown; sha256Hash?: unknown };
  if (version !== 1 || typeof sha256Hash !== 'string' || sha256Hash === '') throw refusal('PERSISTED_QUERY_INVALID');
  return plainId(sha256Hash);
}
