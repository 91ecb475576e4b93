import type { ParsedConversation, ParseIssue } from '../model.ts';
import { type ReadOptions, readArchive } from '../read.ts';
import { bytesSource } from '../source.ts';

/** Everything a reader yields for the given content, taken apart. */
export async function readAll(
  content: string | Uint8Array | object,
  options?: ReadOptions,
): Promise<{ conversations: ParsedConversation[]; issues: ParseIssue[] }> {
  const conversations: ParsedConversation[] = [];
  const issues: ParseIssue[] = [];
  for await (const record of readArchive(bytesSource(toBytes(content)), options)) {
    if (record.kind === 'conversation') conversations.push(record.conversation);
    else issues.push(record.issue);
  }
  return { conversations, issues };
}

/** Bytes as they are, a string as UTF-8, anything else as JSON. */
export function toBytes(content: string | Uint8Array | object): Uint8Array {
  if (content instanceof Uint8Array) return content;
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
}

/** The only conversation of an export, with the issues around it. */
export async function readOne(
  content: string | Uint8Array | object,
  options?: ReadOptions,
): Promise<ParsedConversation> {
  const { conversations } = await readAll(content, options);
  const [conversation] = conversations;
  if (!conversation || conversations.length > 1)
    throw new Error(`Expected one conversation, got ${conversations.length}.`);
  return conversation;
}
