import type { IssueLog } from '../../conversation/issues.ts';
import type { ParsedAttachment } from '../../model.ts';
import { type MediaFiles, mediaAttachment } from '../chats/media-files.ts';

/** The file that a message names, which lies beside the chat when it was exported with its media. */
export function attachmentsOf(
  name: string | undefined,
  media: MediaFiles,
  location: string,
  log: IssueLog,
): ParsedAttachment[] {
  if (name === undefined) return [];
  // A location begins with the name of the chat's document.
  return [mediaAttachment(media.at(name, location), { externalId: name, fileName: name }, { location, log })];
}
