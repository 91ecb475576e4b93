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

/** How the text of the message is made of the words of its parts. */
export interface PartWords {
  /** The words of one part; empty when it has none. */
  of(part: unknown): string;
  /** What stands between the words of two parts. */
  separator: string;
  /** The text that came of it. */
  text: string;
}

/**
 * The files among the parts of a message's content, as the interfaces of OpenAI and Anthropic have them, with those in
 * results of tools; `path` is where the parts are in the message, such as `content`. `words` tells their places in its text;
 * without it they have none.
 */
export function attachmentsInParts(
  content: unknown,
  path: string,
  owner: PartsOwner,
  words: PartWords | null = null,
): ParsedAttachment[] {
  const found = [...filesIn(content, path, words)];
  return distinctAttachments(found.map(({ file, at, position }) => attachmentOf({ ...file, position }, at, owner)));
}

/** A file that was found at a place of a message. */
export function attachmentOf(
  file: FilePart & { position?: number | null },
  path: string,
  { raw, location, log }: PartsOwner,
): ParsedAttachment {
  const { id, encoded, name: fileName, mediaType, byteSize, position, text } = file;
  const facts = { externalId: id ?? path, fileName, mediaType, byteSize, position, text };
  const place = { location: `${location}.${path}`, log };
  if (encoded === null) return namedAttachment(facts, place);
  const attachment = inlineAttachment(withinRaw(encoded, raw), facts, place);
  if (attachment.mediaType !== null || attachment.open === null) return attachment;
  return { ...attachment, mediaType: mediaTypeOfBytes(Buffer.from(encoded.slice(0, MAGIC_CHARACTERS), 'base64')) };
}

interface Found {
  file: FilePart;
  at: string;
  position: number | null;
}

function* filesIn(content: unknown, path: string, words: PartWords | null): Generator<Found> {
  let length = 0;
  for (const [index, element] of asArray(content).entries()) {
    const own = words?.of(element) ?? '';
    if (words && own !== '') length += (length === 0 ? 0 : words.separator.length) + own.length;
    const part = asObject(element);
    if (part === null) continue;
    const at = `${path}[${index}]`;
    const file = filePart(part);
    if (file !== null) yield { file, at, position: words && Math.min(length, words.text.length) };
    else if (asText(part.type)?.endsWith('tool_result')) yield* filesIn(part.content, `${at}.content`, null);
  }
}

/** The same text as a piece of the JSON it was parsed from, which is kept anyhow: bytes are not held twice. */
function withinRaw(encoded: string, raw: string): string {
  const start = raw.indexOf(encoded);
  return start === -1 ? encoded : raw.slice(start, start + encoded.length);
}
