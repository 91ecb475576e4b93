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
}

/** The last line: a file without it was cut off. */
export interface EndLine {
  type: 'end';
  conversations: number;
  messages: number;
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
}
