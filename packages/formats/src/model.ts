import type { MessageRole } from '@colloquy/domain';

/** What a reader yields, in the order of the archive. */
export type ParsedRecord =
  | { kind: 'conversation'; conversation: ParsedConversation }
  | { kind: 'issue'; issue: ParseIssue };

/** Something that could not be read, or was repaired; nothing is dropped or changed in silence. */
export interface ParseIssue {
  code: ParseIssueCode;
  message: string;
  /** Where in the archive, such as `conversations-001.json[17].mapping["abc"]`. */
  location: string;
}

export type ParseIssueCode =
  /** The record is no valid JSON; it is skipped. */
  | 'INVALID_RECORD'
  /** The record is valid JSON but no conversation; it is skipped. */
  | 'NOT_A_CONVERSATION'
  /** The conversation has no container of messages; it is skipped. */
  | 'MISSING_MESSAGES'
  /** The record has more bytes than `maxRecordBytes`; it is skipped. */
  | 'RECORD_TOO_LARGE'
  /** The record is nested deeper than `maxDepth`; it is skipped. */
  | 'RECORD_TOO_DEEP'
  /** The conversation has more messages than `maxMessages`; it is skipped. */
  | 'RECORD_TOO_MANY_MESSAGES'
  /** The message, or the conversation around its messages, has more JSON values than `maxValues`; it is skipped. */
  | 'RECORD_TOO_MANY_VALUES'
  /** Bytes that are not UTF-8 were replaced by U+FFFD. */
  | 'INVALID_UTF8'
  /** One message cannot be read; it is skipped, its replies move up. */
  | 'INVALID_MESSAGE'
  /** The message's content has an unexpected shape; its text is a best effort. */
  | 'INVALID_CONTENT'
  /** The content type is not known; the raw JSON is kept, the text is a best effort. */
  | 'UNKNOWN_CONTENT_TYPE'
  /** The role is not known; the message counts as SYSTEM. */
  | 'UNKNOWN_ROLE'
  /** A message without an id was given one that follows from its place. */
  | 'MISSING_MESSAGE_ID'
  /** Two messages have one id: a copy is dropped, another message is renamed. */
  | 'DUPLICATE_MESSAGE_ID'
  /** An id was too long or not well-formed and was replaced by its hash. */
  | 'ID_REPLACED'
  /** The parent is not in the conversation; the message becomes a root. */
  | 'ORPHAN_MESSAGE'
  /** Parents form a circle; it is opened at the message that comes first in the file. */
  | 'CYCLE_BROKEN'
  /** The message that the export calls current does not exist; the newest leaf took its place. */
  | 'DANGLING_CURRENT_MESSAGE'
  /** The time is no time; it is null. */
  | 'INVALID_TIMESTAMP'
  /** NUL characters or lone surrogates were taken out of a text. */
  | 'TEXT_REPAIRED'
  /** The name of a model or of a kind of content was too long and was cut; the raw JSON has it whole. */
  | 'VALUE_SHORTENED'
  /** The document of a ZIP belongs to another format than the one the ZIP is read as; it is not read. */
  | 'FOREIGN_DOCUMENT'
  /** The export's manifest names a file that is not in the archive. */
  | 'MISSING_DOCUMENT'
  /** The bytes of an attachment cannot be read; what else is known of it is kept. */
  | 'UNREADABLE_ATTACHMENT';

/** One conversation: a tree of messages. */
export interface ParsedConversation {
  /** Name of the platform, such as `chatgpt`. */
  platform: string;
  /** The vendor's id, or `content:<sha256>` of the conversation's content when the export has none. */
  externalId: string;
  /** Null when the export has none; empty when the export says so. */
  title: string | null;
  /** Where the conversation can be opened on its platform. */
  url: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  model: string | null;
  /** Selected fields of the vendor, by the vendor's names; safe to store as `jsonb`. */
  metadata: Record<string, unknown>;
  /** The vendor's JSON of the conversation, as it came, except that the messages are cut out. */
  raw: string;
  /** Titles before this one, the first first; only our own format has them. */
  formerTitles?: FormerTitle[];
  /** Parents come before their replies. */
  messages: ParsedMessage[];
  issues: ParseIssue[];
}

/** One message in the tree of its conversation. */
export interface ParsedMessage {
  /** Unique within the conversation. */
  externalId: string;
  /** The nearest ancestor that carries a message; null for a root. */
  parentExternalId: string | null;
  role: MessageRole;
  /** A name given by the export (a tool, a speaker), else null. */
  author: string | null;
  /** Well-formed plain text; empty when the message shows none. */
  text: string;
  /** True for what the platform does not show as speech: context, reasoning, calls of tools. */
  hidden: boolean;
  onActivePath: boolean;
  /** 0.. along the active path, null off it. */
  sequence: number | null;
  createdAt: Date | null;
  model: string | null;
  /** The vendor's word for the kind of content. */
  contentType: string;
  /** The vendor's JSON of the message, exactly as it came. */
  raw: string;
  /** Selected fields of the vendor; safe to store as `jsonb`. */
  metadata: Record<string, unknown>;
  /** Files that came with the message, in its order. */
  attachments: ParsedAttachment[];
  /** Texts other than this one, by number; only our own format has them. */
  formerTexts?: FormerText[];
  /** Since when exports of the platform do not hold the message; only our own format says so. */
  absentSince?: Date;
}

/** A text that a message had, or that an older export gave later. */
export interface FormerText {
  /** From 1, in the order in which the message's texts came, the present one included. */
  revision: number;
  text: string;
  /** Null when that is not known. */
  replacedAt: Date | null;
}

export interface FormerTitle {
  title: string;
  /** Null when that is not known. */
  replacedAt: Date | null;
}

/** A file that came with a message: what the export says of it, and its bytes where the archive has them. */
export interface ParsedAttachment {
  /** Unique within the message: the vendor's id of the file, or its place. */
  externalId: string;
  fileName: string | null;
  /** As RFC 6838 writes it, such as `image/png`. */
  mediaType: string | null;
  /** Length in bytes as the export says. */
  byteSize: number | null;
  /** Where it stands in the message's text, in UTF-16 code units; null where the export does not say. */
  position: number | null;
  /** What the product read out of the file, as plain well-formed text. */
  text: string | null;
  /** Reads the bytes, each time from the beginning; null where the archive only names the file. Valid while the archive is read. */
  open: (() => AsyncIterable<Uint8Array>) | null;
}
