import { asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { ParsedAttachment } from '../../model.ts';
import { type AttachmentPlace, namedAttachment, textAttachment } from '../attachments/attachment.ts';
import { distinctAttachments } from '../attachments/message-attachments.ts';
import type { ArtifactVersion } from './artifacts/artifact-replay.ts';
import { taggedArtifacts } from './artifacts/artifact-tags.ts';

/** The files that came with a message (the export has what was read out of some, and the bytes of none), and the documents it made. */
export function attachmentsOf(
  message: JsonObject,
  text: string,
  versions: readonly ArtifactVersion[],
  place: AttachmentPlace,
): ParsedAttachment[] {
  return distinctAttachments([
    ...extractedFiles(message, place),
    ...namedFiles(message, place),
    ...versions.map((version) => artifactVersion(version, place)),
    ...taggedArtifacts(text).map(({ identifier, title, mediaType, text: body, position }, index) =>
      textAttachment(body, { externalId: `artifact:${identifier ?? index}`, title, mediaType, position }, place),
    ),
  ]);
}

function extractedFiles({ attachments }: JsonObject, { location, log }: AttachmentPlace): ParsedAttachment[] {
  return objectsIn(attachments).map((file, index) =>
    namedAttachment(
      {
        externalId: asText(file.id) ?? `attachments[${index}]`,
        fileName: asText(file.file_name),
        mediaType: asText(file.file_type),
        byteSize: file.file_size,
        text: asText(file.extracted_content),
      },
      { location: `${location}.attachments[${index}]`, log },
    ),
  );
}

/** `files_v2` repeats `files`, with the addresses of previews. */
function namedFiles({ files, files_v2 }: JsonObject, { location, log }: AttachmentPlace): ParsedAttachment[] {
  const known = new Set(objectsIn(files).map(({ file_uuid }) => file_uuid));
  const more = objectsIn(files_v2).filter(({ file_uuid }) => asText(file_uuid) !== null && !known.has(file_uuid));
  return [...objectsIn(files), ...more].map((file, index) =>
    namedAttachment(
      {
        externalId: asText(file.file_uuid) ?? `files[${index}]`,
        fileName: asText(file.file_name),
        mediaType: asText(file.file_type),
        byteSize: file.file_size ?? file.size_bytes,
      },
      { location: `${location}.files[${index}]`, log },
    ),
  );
}

function artifactVersion({ call, text }: ArtifactVersion, place: AttachmentPlace): ParsedAttachment {
  const { artifact, title, mediaType, version, isFile, change } = call;
  const facts = {
    externalId: `artifact:${artifact}${version === null ? '' : `:${version}`}`,
    fileName: artifact,
    title,
    mediaType,
  };
  if (text !== null) return textAttachment(text, facts, place);
  const piece = 'to' in change ? change.to : change.whole;
  if (!isFile) {
    const message = `The artifact ${JSON.stringify(artifact)} before this change is not there; only the new piece is kept.`;
    place.log.report('INVALID_CONTENT', place.location, message.slice(0, 300));
  }
  return namedAttachment({ ...facts, text: piece }, place);
}
