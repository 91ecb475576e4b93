import type { MessageRole } from '@colloquy/domain';

/** Of the format; a reader takes files of its own version and of earlier ones. */
export const VERSION = 1;

/** The first line of a file. */
export interface HeaderLine {
  type: 'header';
  format: 'colloquy';
  version: number;
  /** ISO 8601. */
  exportedAt?: string;
}

/** Begins a conversation; what is null or empty is left out. */
export interface ConversationLine {
  type: 'conversation';
  platform: string;
  id: string;
  title?: string;
  url?: string;
  createdAt?: string;
  updatedAt?: string;
  model?: string;
  /** Id of the message at the end of the active path. */
  current?: string;
  metadata?: Record<string, unknown>;
  /** The vendor's JSON, as text. */
  raw?: string;
  /** Titles before this one, the first first. */
  formerTitles?: { title: string; replacedAt?: string }[];
}

/** The last line: a file without it was cut off. */
export interface EndLine {
  type: 'end';
  conversations: number;
  messages: number;
  /** Files that messages name; left out by writers before there were any. */
  attachments?: number;
}

/** One message; it comes after its parent. */
export interface MessageLine {
  type: 'message';
  platform: string;
  /** Id of its conversation. */
  conversation: string;
  id: string;
  /** Id of the message that it replies to; left out for a root. */
  parent?: string;
  role: MessageRole;
  author?: string;
  text: string;
  hidden?: true;
  createdAt?: string;
  model?: string;
  contentType: string;
  metadata?: Record<string, unknown>;
  raw?: string;
  /** In their order. */
  attachments?: AttachmentMember[];
  /** Texts other than this one, by number: they count from 1 in the order in which they came, this one included. */
  revisions?: { revision: number; text: string; replacedAt?: string }[];
  /** Since when the exports of the platform do not hold the message any more. */
  absentSince?: string;
}

/** A file that came with a message; its bytes, if they are there, are the entry of the ZIP that `assetName` gives. */
export interface AttachmentMember {
  id: string;
  name?: string;
  mediaType?: string;
  byteSize?: number;
  /** Of the bytes, in lower-case hexadecimal. */
  sha256?: string;
  /** Place in the message's text, in UTF-16 code units. */
  position?: number;
  /** What was read out of the file. */
  text?: string;
}
