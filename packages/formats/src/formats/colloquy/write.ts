import type { ParsedConversation, ParsedMessage } from '../../model.ts';
import { type ConversationLine, type EndLine, type HeaderLine, type MessageLine, VERSION } from './line.ts';

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
export function writeEnd(counts: Pick<EndLine, 'conversations' | 'messages'>): string {
  const { conversations, messages } = counts;
  const end: EndLine = { type: 'end', conversations, messages };
  return JSON.stringify(end);
}

/** A conversation without its messages, which follow line by line. */
export type ConversationHead = Omit<ParsedConversation, 'messages' | 'issues' | 'raw'> & Raw;

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
  };
  return JSON.stringify(line);
}

/** The line of a message, without its line end; parents are to be written before their replies. */
export function writeMessage(
  { platform, externalId }: Pick<ConversationHead, 'platform' | 'externalId'>,
  message: Omit<ParsedMessage, 'onActivePath' | 'sequence' | 'attachments' | 'raw'> & Raw,
): string {
  const { parentExternalId, role, author, text, hidden, model, contentType, raw } = message;
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
