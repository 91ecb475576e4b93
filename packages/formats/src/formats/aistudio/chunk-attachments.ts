import { asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { ParsedAttachment } from '../../model.ts';
import { type AttachmentPlace, inlineAttachment, namedAttachment } from '../attachments/attachment.ts';
import { distinctAttachments } from '../attachments/message-attachments.ts';
import { DRIVE_FILES, INLINE_FILES } from './metadata.ts';

/** The files of a chunk: in Drive, of which the prompt has the id, or with their bytes inside the chunk or its parts. */
export function attachmentsOf(chunk: JsonObject, { location, log }: AttachmentPlace): ParsedAttachment[] {
  const carriers = [
    { carrier: chunk, at: '' },
    ...objectsIn(chunk.parts).map((carrier, index) => ({ carrier, at: `parts[${index}].` })),
  ];
  return distinctAttachments(
    carriers.flatMap(({ carrier, at }) => [
      ...DRIVE_FILES.flatMap((name) => fileIn(carrier, name, at, { location, log })),
      ...INLINE_FILES.flatMap((name) => fileIn(carrier, name, at, { location, log })),
    ]),
  );
}

function fileIn(carrier: JsonObject, name: string, at: string, { location, log }: AttachmentPlace): ParsedAttachment[] {
  const file = asObject(carrier[name]);
  if (file === null) return [];
  const place = { location: `${location}.${at}${name}`, log };
  const facts = {
    externalId: asText(file.id) ?? `${at}${name}`,
    title: asText(file.name),
    mediaType: asText(file.mimeType),
  };
  const data = asText(file.data);
  return [data === null ? namedAttachment(facts, place) : inlineAttachment(data, facts, place)];
}
