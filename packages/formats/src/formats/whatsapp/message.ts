import { createHash } from 'node:crypto';
import type { IssueLog } from '../../conversation/issues.ts';
import { storableJson, storableText } from '../../conversation/storable.ts';
import type { MessageDraft } from '../../conversation/tree-node.ts';
import type { MediaFiles } from '../chats/media-files.ts';
import { attachmentsOf } from './attachments.ts';
import { splitSpeech } from './author.ts';
import { type Body, readBody } from './body.ts';
import { wallClock } from './date-order.ts';
import type { Dialect } from './dialect.ts';
import type { Entry } from './entries.ts';
import type { Head } from './head.ts';

/** A message of a chat, and what its id is made of. */
export interface ChatMessage {
  draft: MessageDraft;
  contentType: Body['contentType'];
  /** The same whenever this message is exported again; equal messages of one minute share it. */
  key: string;
}

/** Reads one entry that has a head. */
export function readMessage(
  entry: Entry & { head: Head },
  dialect: Dialect,
  { files, media }: { files: ReadonlySet<string>; media: MediaFiles },
  location: string,
  log: IssueLog,
): ChatMessage {
  const { head, source } = entry;
  const { author, body } = splitSpeech(source.slice(head.end));
  const { text, contentType, metadata } = readBody(body, files);
  const attachments = attachmentsOf(metadata.attachment, media, location, log);
  const isNotice = author === null || contentType === 'notice';
  const time = dialect.isClockKnown ? wallClock(head, dialect.dateOrder) : null;
  return {
    contentType,
    key: keyOf(head, isNotice ? null : author, isNotice ? '' : `${contentType === 'media'}\n${text}`),
    draft: {
      role: isNotice ? 'SYSTEM' : 'USER',
      author: author === null ? null : storableText(author, location, log),
      text: storableText(text, location, log),
      hidden: isNotice || contentType === 'deleted',
      createdAt: time === null ? null : new Date(time),
      model: null,
      contentType: author === null ? 'notice' : contentType,
      raw: JSON.stringify({ text: source }),
      metadata: storableJson(metadata) as Record<string, unknown>,
      ...(attachments.length > 0 && { attachments }),
    },
  };
}

/**
 * The file has no ids. The numbers of the head are taken as they are printed, so that the id does not depend on which of
 * them is found to be the day; notices are named by their time alone, because their wording changes with the app.
 */
function keyOf({ date, hour, minute, second }: Head, author: string | null, text: string): string {
  const content = JSON.stringify([date, hour, minute, second, author, text]);
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}
