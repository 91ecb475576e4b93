import { createHash, hash as digest } from 'node:crypto';
import type { IncomingConversation, IncomingMessage } from './incoming.ts';

/** What an export says of a conversation as a whole. */
export interface Description {
  /** Hash of everything that the export says: an equal one means nothing to do. */
  fingerprint: Buffer;
  startedAt: Date | null;
  endedAt: Date | null;
  participantCount: number;
}

/** SHA-256 of a text: messages with an equal one are unchanged. */
export const hashText = (text: string): Buffer => digest('sha256', text, 'buffer');

/** An incoming message with the hash of its text. */
export interface HashedMessage {
  /** Place in the archive's own order. */
  ordinal: number;
  contentHash: Buffer;
  message: IncomingMessage;
}

export function hashMessages({ messages }: IncomingConversation): HashedMessage[] {
  return messages.map((message, ordinal) => ({ ordinal, message, contentHash: hashText(message.text) }));
}

export function describe(conversation: IncomingConversation, messages: readonly HashedMessage[]): Description {
  return {
    fingerprint: fingerprint(conversation, messages),
    ...timeSpan(conversation),
    participantCount: countParticipants(conversation.messages),
  };
}

function fingerprint({ title, url, raw }: IncomingConversation, messages: readonly HashedMessage[]): Buffer {
  const hash = createHash('sha256').update(JSON.stringify([title, url, raw]));
  for (const { message, contentHash } of messages) {
    const { externalId, parentExternalId, sequence, hidden, attachments } = message;
    const files = attachments.map((file) => [file.externalId, file.sha256, file.fileName, file.text]);
    const vanished = message.absentSince ? [message.absentSince] : [];
    hash
      .update(JSON.stringify([externalId, parentExternalId, sequence, hidden, ...files, ...vanished]))
      .update(contentHash);
  }
  return hash.digest();
}

function timeSpan(conversation: IncomingConversation): Pick<Description, 'startedAt' | 'endedAt'> {
  const spoken = conversation.messages.flatMap(({ createdAt }) => (createdAt ? [createdAt.getTime()] : []));
  const times =
    spoken.length > 0
      ? spoken
      : [conversation.createdAt, conversation.updatedAt].flatMap((time) => (time ? [time.getTime()] : []));
  if (times.length === 0) return { startedAt: null, endedAt: null };
  const start = times.reduce((a, b) => Math.min(a, b));
  const end = times.reduce((a, b) => Math.max(a, b));
  return { startedAt: new Date(start), endedAt: new Date(end) };
}

function countParticipants(messages: readonly IncomingMessage[]): number {
  return new Set(
    messages
      .filter(({ role }) => role === 'USER' || role === 'ASSISTANT')
      .map(({ role, author }) => `${role}:${author ?? ''}`),
  ).size;
}
