import { createHash } from 'node:crypto';
import type { ParsedMessage } from '../model.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a vendor's id is a UUID, so that the address of the conversation follows from it. */
export function isUuid(id: string): boolean {
  return UUID.test(id);
}

/**
 * The id of a conversation whose export has none: `content:` and the SHA-256 of the tree, roles, times and texts.
 * The same conversation formatted otherwise has the same id; one that has grown since has another.
 */
export function contentId(platform: string, messages: readonly ParsedMessage[]): string {
  const hash = createHash('sha256').update(platform);
  for (const { externalId, parentExternalId, role, createdAt, text } of messages) {
    hash.update(JSON.stringify([externalId, parentExternalId, role, createdAt?.toISOString() ?? null, text]));
  }
  return `content:${hash.digest('hex')}`;
}
