import type { FormerText, ParsedAttachment, ParsedConversation, ParsedMessage } from '../../model.ts';
import {
  type AttachmentMember,
  type ConversationLine,
  type EndLine,
  type HeaderLine,
  type MessageLine,
  VERSION,
} from './line.ts';

/** Name of the document with the lines, in a ZIP. */
export const LINES_NAME = 'colloquy.jsonl';

/** Name of the entry with the bytes of that SHA-256, in a ZIP. The ending keeps readers of other formats from it. */
export function assetName(sha256: string): string {
  return `assets/${sha256}.bin`;
}

/** The line that a file begins with, without its line end. */
export function writeHeader(exportedAt: Date): string {
  const header: HeaderLine = {
    type: 'header',
    format: 'colloquy',
    version: VERSION,
    exportedAt: exportedAt.toISOString(),
  };
  return JSON.stringify(header);
}

/** The line that a file ends with, without its line end. */
export function writeEnd({ conversations, messages, attachments }: Required<Omit<EndLine, 'type'>>): string {
  const end: EndLine = { type: 'end', conversations, messages, attachments };
  return JSON.stringify(end);
}

/** A conversation without its messages, which follow line by line. */
export type ConversationHead = Omit<ParsedConversation, 'messages' | 'issues' | 'raw'> & Raw;

/** A message, with what is remembered of it. */
export type MessageToWrite = Omit<
  ParsedMessage,
  'onActivePath' | 'sequence' | 'attachments' | 'raw' | 'formerTexts' | 'absentSince'
> &
  Raw & {
    attachments: readonly AttachmentToWrite[];
    revisions?: readonly FormerText[];
    absentSince?: Date | null;
  };

/** What is known of a file; `sha256` is null where its bytes are not there. */
export type AttachmentToWrite = Omit<ParsedAttachment, 'open'> & { sha256: string | null };

interface Raw {
  /** Null where the vendor's JSON is not there any more. */
  raw: string | null;
}

/** The line of a conversation, without its line end. `current` is the id of the message at the end of the active path. */
export function writeConversation(head: ConversationHead, current: string | null): string {
  const line: ConversationLine = {
    type: 'conversation',
    platform: head.platform,
    id: head.externalId,
    ...(head.title !== null && { title: head.title }),
    ...(head.url !== null && { url: head.url }),
    ...times(head),
    ...(head.model !== null && { model: head.model }),
    ...(current !== null && { current }),
    ...metadataOf(head),
    ...(head.raw !== null && { raw: head.raw }),
    ...(head.formerTitles?.length && { formerTitles: head.formerTitles.map(replaced) }),
  };
  return JSON.stringify(line);
}

/** The line of a message, without its line end; parents are to be written before their replies. */
export function writeMessage(
  { platform, externalId }: Pick<ConversationHead, 'platform' | 'externalId'>,
  message: MessageToWrite,
): string {
  const { parentExternalId, role, author, text, hidden, model, contentType, raw, attachments } = message;
  const line: MessageLine = {
    type: 'message',
    platform,
    conversation: externalId,
    id: message.externalId,
    ...(parentExternalId !== null && { parent: parentExternalId }),
    role,
    ...(author !== null && { author }),
    text,
    ...(hidden && { hidden }),
    ...times({ createdAt: message.createdAt, updatedAt: null }),
    ...(model !== null && { model }),
    contentType,
    ...metadataOf(message),
    ...(raw !== null && { raw }),
    ...(attachments.length > 0 && { attachments: attachments.map(attachmentMember) }),
    ...(message.revisions?.length && { revisions: message.revisions.map(replaced) }),
    ...(message.absentSince && { absentSince: message.absentSince.toISOString() }),
  };
  return JSON.stringify(line);
}

function times({ createdAt, updatedAt }: { createdAt: Date | null; updatedAt: Date | null }) {
  return {
    ...(createdAt && { createdAt: createdAt.toISOString() }),
    ...(updatedAt && { updatedAt: updatedAt.toISOString() }),
  };
}

function metadataOf({ metadata }: { metadata: Record<string, unknown> }) {
  return Object.keys(metadata).length > 0 ? { metadata } : {};
}

function attachmentMember(attachment: AttachmentToWrite): AttachmentMember {
  const { externalId, fileName, mediaType, byteSize, sha256, position, text } = attachment;
  return {
    id: externalId,
    ...(fileName !== null && { name: fileName }),
    ...(mediaType !== null && { mediaType }),
    ...(byteSize !== null && { byteSize }),
    ...(sha256 !== null && { sha256 }),
    ...(position !== null && { position }),
    ...(text !== null && { text }),
  };
}

function replaced<T extends { replacedAt: Date | null }>({ replacedAt, ...former }: T) {
  return { ...former, ...(replacedAt && { replacedAt: replacedAt.toISOString() }) };
}
