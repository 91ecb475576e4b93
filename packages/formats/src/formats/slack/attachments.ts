import type { ArchiveDocument } from '../../archive/document.ts';
import type { IssueLog } from '../../conversation/issues.ts';
import { asArray, asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { ParsedAttachment } from '../../model.ts';
import { DocumentIndex } from '../attachments/document-index.ts';
import { distinctAttachments } from '../attachments/message-attachments.ts';
import { mediaAttachment } from '../chats/media-files.ts';

const FILE_ID = /^(F[A-Z0-9]{6,})(?:$|-)/;

/** Files that tools downloaded beside an export, by the ids that their folders or names begin with. */
export function indexFiles(documents: readonly ArchiveDocument[]): DocumentIndex {
  return new DocumentIndex(documents, (path) => path.split('/').flatMap((part) => FILE_ID.exec(part)?.[1] ?? []));
}

/** The files that a message lists; those of a shared message are listed by what it shares. */
export function attachmentsOf(
  message: JsonObject,
  files: DocumentIndex,
  location: string,
  log: IssueLog,
): ParsedAttachment[] {
  const listed = [
    ...asArray(message.files),
    message.file,
    ...objectsIn(message.attachments).flatMap((attachment) => asArray(attachment.files)),
  ];
  const attachments = objectsIn(listed)
    .filter(isFile)
    .map((file, index) => {
      const place = `files[${index}]`;
      const id = asText(file.id);
      const facts = {
        externalId: id ?? place,
        fileName: asText(file.name) ?? asText(file.title),
        mediaType: asText(file.mimetype) ?? asText(file.filetype),
        byteSize: file.size,
        text: textOf(file),
      };
      return mediaAttachment(id === null ? null : files.withId(id), facts, { location: `${location}.${place}`, log });
    });
  return distinctAttachments(attachments);
}

/** Of a file that was deleted only its id is left. */
function isFile(file: JsonObject): boolean {
  return file.mode !== 'tombstone';
}

/** The words of a mail, of a canvas or post, of a snippet, or of what was said, as far as Slack lists them. */
function textOf(file: JsonObject): string | null {
  const spoken = asObject(asObject(file.transcription)?.preview);
  const words = asText(file.plain_text) ?? asText(file.preview_plain_text) ?? asText(spoken?.content);
  // The previews of everything else are HTML, or pictures.
  return words ?? (file.mode === 'snippet' ? asText(file.preview) : null);
}
