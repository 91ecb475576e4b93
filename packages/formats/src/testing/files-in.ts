import type { ParsedAttachment } from '../model.ts';
import { readAll } from './read-all.ts';

/** An attachment with its bytes as Latin-1, null where it has none. */
export type FoundFile = Omit<ParsedAttachment, 'open'> & { bytes: string | null };

/** The attachments of all messages of an export, in order, and every issue code. */
export async function filesIn(content: string | Uint8Array | object): Promise<{ files: FoundFile[]; codes: string[] }> {
  const { conversations, issues } = await readAll(content);
  const all = [...issues, ...conversations.flatMap((conversation) => conversation.issues)];
  const files: FoundFile[] = [];
  for (const { messages } of conversations) {
    for (const { open, ...attachment } of messages.flatMap(({ attachments }) => attachments)) {
      files.push({ ...attachment, bytes: open && (await bytesOf(open())) });
    }
  }
  return { files, codes: all.map(({ code }) => code) };
}

/** What an attachment is when nothing is known of it. */
export const UNKNOWN_FILE: Omit<FoundFile, 'externalId'> = {
  fileName: null,
  mediaType: null,
  byteSize: null,
  position: null,
  text: null,
  bytes: null,
};

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  return Buffer.concat(pieces).toString('latin1');
}
