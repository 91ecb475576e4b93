import type { IssueLog } from '../../conversation/issues.ts';
import { asObject, asText } from '../../json/values.ts';
import type { ParsedAttachment } from '../../model.ts';
import { distinctAttachments } from '../attachments/message-attachments.ts';
import { type MediaFiles, mediaAttachment } from '../chats/media-files.ts';
import type { Activity } from './activity.ts';

/** Members of a record that name files, each one of them or a list. */
const MEMBERS = ['attachedFiles', 'imageFile', 'audioFiles'];

/** The files of a record, which lie beside the document that it is in; the export does not tell what was sent from what was made. */
export function attachmentsOf(
  { metadata, document, location, form }: Activity,
  media: MediaFiles,
  log: IssueLog,
): ParsedAttachment[] {
  const attachments = MEMBERS.flatMap((member) =>
    namesIn(metadata[member]).map((given, index) => {
      const place = `${member}[${index}]`;
      // A page has links in the place of names.
      const name = form === 'html' ? decoded(given) : given;
      const facts = { externalId: name, fileName: name };
      return mediaAttachment(media.at(name, document), facts, { location: `${location}.${place}`, log });
    }),
  );
  return distinctAttachments(attachments);
}

function namesIn(value: unknown): string[] {
  const entries = Array.isArray(value) ? value : [value];
  return entries.map((entry) => asText(entry) ?? asText(asObject(entry)?.name)).filter((name) => name !== null);
}

function decoded(link: string): string {
  try {
    return decodeURIComponent(link);
  } catch (error) {
    // A stray percent sign: the name as it is written.
    if (error instanceof URIError) return link;
    throw error;
  }
}
