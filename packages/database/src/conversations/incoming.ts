import type { MessageRole } from '@colloquy/domain';

/** A message as an archive gives it: external ids, a parent by external id. */
export interface IncomingMessage {
  externalId: string;
  parentExternalId: string | null;
  role: MessageRole;
  author: string | null;
  text: string;
  hidden: boolean;
  sequence: number | null;
  createdAt: Date | null;
  model: string | null;
  contentType: string;
  metadata: Record<string, unknown>;
  /** Vendor JSON, as it came. */
  raw: string;
  attachments: readonly IncomingAttachment[];
  /** Other texts that the message had, where the archive remembers them. */
  formerTexts?: readonly IncomingFormerText[];
  /** Since when other exports do not hold the message, where the archive remembers it. */
  absentSince?: Date;
}

export interface IncomingFormerText {
  /** From 1, in the order in which the message's texts came, the present one included. */
  revision: number;
  text: string;
  replacedAt: Date | null;
}

/** A file that came with a message. */
export interface IncomingAttachment {
  externalId: string;
  fileName: string | null;
  mediaType: string | null;
  /** That of the stored bytes, or as the export says where it does not hold them. */
  byteSize: number | null;
  /** The bytes, which are an asset of the tenant; null where the export only names the file. */
  sha256: string | null;
  position: number | null;
  text: string | null;
}

export interface IncomingConversation {
  platformId: string;
  externalId: string;
  title: string | null;
  url: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  metadata: Record<string, unknown>;
  raw: string;
  /** Other titles that the conversation had, where the archive remembers them. */
  formerTitles?: readonly { title: string; replacedAt: Date | null }[];
  messages: readonly IncomingMessage[];
}
