import type { ParsedConversation } from '../../../model.ts';
import { toBytes } from '../../../testing/read-all.ts';
import { readOwn, readWith } from '../../chats/testing/read-with.ts';
import { telegram } from '../reader.ts';

type Content = string | Uint8Array | object;

/** What the reader makes of the content; null when it is not recognised. */
export const read = (content: Content, limits = {}) => readWith(telegram, toBytes(content), limits);

/** The first chat of a content that must be recognised. */
export async function readChat(content: Content): Promise<ParsedConversation> {
  const [conversation] = (await readOwn(telegram, toBytes(content))).conversations;
  if (!conversation) throw new Error('Expected a conversation.');
  return conversation;
}
