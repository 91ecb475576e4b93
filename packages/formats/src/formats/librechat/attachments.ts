import { asArray, asObject, asText, type JsonObject, objectsIn } from '../../json/values.ts';
import type { ParsedAttachment } from '../../model.ts';
import { distinctAttachments } from '../attachments/message-attachments.ts';
import { attachmentOf, attachmentsInParts, type PartsOwner } from '../content-parts/attachments.ts';
import { type FilePart, fileAt } from '../content-parts/file-part.ts';

/** What came with a message (`files`), what tools made (`attachments`), and pictures among the parts of its content. */
export function attachmentsOf(message: JsonObject, owner: PartsOwner): ParsedAttachment[] {
  const pictures = objectsIn(message.content).map(({ image_file: picture }) => picture);
  const lists = [
    ['files', asArray(message.files)],
    ['attachments', asArray(message.attachments)],
    ['content', pictures],
  ] as const;
  const known = new Set<string>();
  const attachments: ParsedAttachment[] = [];
  for (const [name, entries] of lists) {
    for (const [index, entry] of entries.entries()) {
      const file = fileOf(asObject(entry) ?? {});
      if (file === null || (file.id !== null && known.has(file.id))) continue;
      if (file.id !== null) known.add(file.id);
      attachments.push(attachmentOf(file, `${name}[${index}]`, owner));
    }
  }
  return distinctAttachments([...attachments, ...attachmentsInParts(message.content, 'content', owner)]);
}

/** A file has an id, a name or a path; tools also attach what is none, such as the results of a search. */
function fileOf(entry: JsonObject): FilePart | null {
  const [id, filename, path] = [asText(entry.file_id), asText(entry.filename), asText(entry.filepath)];
  if (id === null && filename === null && path === null) return null;
  const isInline = path !== null && /^data:/i.test(path);
  return {
    ...fileAt(isInline ? path : null),
    id,
    name: filename ?? (isInline ? null : path),
    mediaType: asText(entry.type),
    byteSize: entry.bytes,
    text: asText(entry.text),
  };
}
