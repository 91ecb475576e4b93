import type { ArchiveDocument } from '../../archive/document.ts';
import type { IssueLog } from '../../conversation/issues.ts';
import { asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { ParsedAttachment } from '../../model.ts';
import { distinctAttachments } from '../attachments/message-attachments.ts';
import { type MediaFiles, mediaAttachment } from '../chats/media-files.ts';

/** Where the files of a channel's messages may be. */
export interface ChannelMedia {
  files: MediaFiles;
  /** The document of the channel, which paths are relative to. */
  document: string;
}

const ADDRESS = /^[a-z][a-z0-9+.-]+:\/\//i;
const ABSOLUTE = /^(\/|[a-z]:[\\/])/i;

/** The files of a message and of the one it forwards, in the archive where the exporter was told to download them. */
export function attachmentsOf(
  message: JsonObject,
  media: ChannelMedia,
  location: string,
  log: IssueLog,
): ParsedAttachment[] {
  const owners = [message, asObject(message.forwardedMessage)];
  const files = owners.flatMap((owner) => objectsIn(owner?.attachments));
  const attachments = files.map((file, index) => {
    const place = `attachments[${index}]`;
    const facts = {
      externalId: asText(file.id) ?? place,
      fileName: asText(file.fileName),
      byteSize: file.fileSizeBytes,
    };
    return mediaAttachment(downloaded(asText(file.url), media), facts, { location: `${location}.${place}`, log });
  });
  return distinctAttachments(attachments);
}

/** What was downloaded has a path in the place of its address: a relative one, or one that led somewhere on that computer. */
function downloaded(url: string | null, { files, document }: ChannelMedia): ArchiveDocument | null {
  if (url === null || ADDRESS.test(url)) return null;
  return ABSOLUTE.test(url) ? files.onlyNamed(url) : files.at(url, document);
}
