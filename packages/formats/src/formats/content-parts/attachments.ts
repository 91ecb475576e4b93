import { asArray, asObject, asText } from '../../json/values.ts';
import type { ParsedAttachment } from '../../model.ts';
import { type AttachmentPlace, inlineAttachment, namedAttachment } from '../attachments/attachment.ts';
import { MAGIC_BYTES, mediaTypeOfBytes } from '../attachments/media-magic.ts';
import { distinctAttachments } from '../attachments/message-attachments.ts';
import { type FilePart, filePart } from './file-part.ts';

/** As many characters of Base64 as hold the first bytes that tell a kind of file. */
const MAGIC_CHARACTERS = Math.ceil(MAGIC_BYTES / 3) * 4;

/** The message that the parts are of. */
export interface PartsOwner extends AttachmentPlace {
  /** The JSON that the parts were parsed from. */
  raw: string;
}

/**
 * The files among the parts of a message's content, as the interfaces of OpenAI and Anthropic have them, with those in
 * results of tools; `path` is where the parts are in the message, such as `content`.
 */
export function attachmentsInParts(content: unknown, path: string, owner: PartsOwner): ParsedAttachment[] {
  return distinctAttachments([...filesIn(content, path)].map(([file, at]) => attachmentOf(file, at, owner)));
}

/** A file that was found at a place of a message. */
export function attachmentOf(file: FilePart, path: string, { raw, location, log }: PartsOwner): ParsedAttachment {
  const { id, encoded, name: fileName, mediaType, byteSize, text } = file;
  const facts = { externalId: id ?? path, fileName, mediaType, byteSize, text };
  const place = { location: `${location}.${path}`, log };
  if (encoded === null) return namedAttachment(facts, place);
  const attachment = inlineAttachment(withinRaw(encoded, raw), facts, place);
  if (attachment.mediaType !== null || attachment.open === null) return attachment;
  return { ...attachment, mediaType: mediaTypeOfBytes(Buffer.from(encoded.slice(0, MAGIC_CHARACTERS), 'base64')) };
}

function* filesIn(content: unknown, path: string): Generator<[FilePart, string]> {
  for (const [index, element] of asArray(content).entries()) {
    const part = asObject(element);
    if (part === null) continue;
    const at = `${path}[${index}]`;
    const file = filePart(part);
    if (file !== null) yield [file, at];
    else if (asText(part.type)?.endsWith('tool_result')) yield* filesIn(part.content, `${at}.content`);
  }
}

/** The same text as a piece of the JSON it was parsed from, which is kept anyhow: bytes are not held twice. */
function withinRaw(encoded: string, raw: string): string {
  const start = raw.indexOf(encoded);
  return start === -1 ? encoded : raw.slice(start, start + encoded.length);
}
