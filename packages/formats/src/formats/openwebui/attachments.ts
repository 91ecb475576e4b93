import { asArray, asObject, asText, type JsonObject } from '../../json/values.ts';
import type { ParsedAttachment } from '../../model.ts';
import { distinctAttachments } from '../attachments/message-attachments.ts';
import { attachmentOf, attachmentsInParts, type PartsOwner } from '../content-parts/attachments.ts';
import { type FilePart, fileAt } from '../content-parts/file-part.ts';
import { SEPARATOR, spokenIn } from './content.ts';

/** What a person can add to a prompt that is no file. */
const NO_FILES: ReadonlySet<unknown> = new Set([
  'collection',
  'note',
  'chat',
  'folder',
  'web_search',
  'web_search_results',
]);

/** What came with a message or was made for it (`files`), and files among the parts of its content. */
export function attachmentsOf(message: JsonObject, text: string, owner: PartsOwner): ParsedAttachment[] {
  const attachments: ParsedAttachment[] = [];
  for (const [index, entry] of asArray(message.files).entries()) {
    const file = asObject(entry);
    if (file !== null && !NO_FILES.has(file.type))
      attachments.push(attachmentOf(fileOf(file), `files[${index}]`, owner));
  }
  // Of an answer, blocks among the words were taken out.
  const words = message.role === 'user' ? { of: spokenIn, separator: SEPARATOR, text } : null;
  return distinctAttachments([...attachments, ...attachmentsInParts(message.content, 'content', owner, words)]);
}

/** A picture is in its address; of any other file the record beside it has what was read out of it. */
function fileOf(entry: JsonObject): FilePart {
  const record = asObject(entry.file);
  const meta = asObject(record?.meta);
  const address = fileAt(asText(entry.url));
  return {
    id: asText(entry.id) ?? asText(record?.id),
    name: asText(entry.name) ?? asText(record?.filename) ?? asText(meta?.name) ?? address.name,
    mediaType: asText(entry.content_type) ?? asText(meta?.content_type),
    encoded: address.encoded,
    byteSize: entry.size ?? meta?.size,
    text: asText(asObject(record?.data)?.content) ?? asText(entry.content),
  };
}
