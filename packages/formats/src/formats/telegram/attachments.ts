import type { IssueLog } from '../../conversation/issues.ts';
import { asText, type JsonObject } from '../../json/values.ts';
import type { ParsedAttachment } from '../../model.ts';
import { type MediaFiles, mediaAttachment } from '../chats/media-files.ts';

/** A member with the path of a file, and those that tell of the file. */
interface Member {
  path: string;
  name?: string;
  type?: string;
  size: string;
}

const MEMBERS: readonly Member[] = [
  { path: 'photo', size: 'photo_file_size' },
  { path: 'file', name: 'file_name', type: 'mime_type', size: 'file_size' },
  { path: 'contact_vcard', size: 'contact_vcard_file_size' },
];

/** In the place of a path, such as "(File not included. Change data exporting settings to download.)". */
const NOTICE = /^\(.*\)$/s;

/** The picture and the file of a message, in the archive where the export brought them along. Thumbnails are left out. */
export function attachmentsOf(
  message: JsonObject,
  media: MediaFiles,
  location: string,
  log: IssueLog,
): ParsedAttachment[] {
  const attachments: ParsedAttachment[] = [];
  for (const member of MEMBERS) {
    const path = asText(message[member.path]);
    if (path === null) continue;
    const isThere = !NOTICE.test(path);
    const facts = {
      externalId: member.path,
      fileName: asText(message[member.name ?? '']) ?? (isThere ? path : null),
      mediaType: asText(message[member.type ?? '']),
      byteSize: message[member.size],
    };
    // A location begins with the name of the document that the paths are relative to.
    const document = isThere ? media.at(path, location) : null;
    attachments.push(mediaAttachment(document, facts, { location: `${location}.${member.path}`, log }));
  }
  return attachments;
}
