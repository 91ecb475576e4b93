import { asArray, asObject, asText, type JsonObject } from '../../json/values.ts';

/** What a part of a message's content says of a file. */
export interface FilePart {
  /** The vendor's id of the file. */
  id: string | null;
  name: string | null;
  /** A media type, or the name of a format such as `mp3`. */
  mediaType: string | null;
  /** Base64 or a data URL; null where the part only names the file. */
  encoded: string | null;
  byteSize: unknown;
  /** What the file says, where the part has it as text. */
  text: string | null;
}

const NOTHING: FilePart = { id: null, name: null, mediaType: null, encoded: null, byteSize: null, text: null };

/** Readers of the kinds of parts that are files. */
const KINDS: ReadonlyMap<unknown, (part: JsonObject) => FilePart> = new Map([
  ['image_url', addressed],
  ['video_url', addressed],
  ['input_image', inputImage],
  ['input_audio', inputAudio],
  ['file', openaiFile],
  ['input_file', openaiFile],
  ['image', sourced],
  ['audio', sourced],
  ['document', sourced],
  ['container_upload', ({ file_id }) => ({ ...NOTHING, id: asText(file_id) })],
]);

/** The file that a part is, or null when it is none. */
export function filePart(part: JsonObject): FilePart | null {
  return KINDS.get(part.type)?.(part) ?? null;
}

/** A file at an address: a data URL has its bytes, any other one at most its name. */
export function fileAt(url: string | null): FilePart {
  if (url === null) return NOTHING;
  return /^data:/i.test(url) ? { ...NOTHING, encoded: url } : { ...NOTHING, name: nameIn(url) };
}

/** OpenAI: `{"type": "image_url", "image_url": {"url": ...}}`, or the address alone. */
function addressed(part: JsonObject): FilePart {
  const value = part[String(part.type)];
  return fileAt(asText(value) ?? asText(asObject(value)?.url));
}

/** OpenAI's Responses: `image_url` is the address, or `file_id` names a file that was uploaded before. */
function inputImage({ image_url: image, file_id: id }: JsonObject): FilePart {
  return { ...fileAt(asText(image) ?? asText(asObject(image)?.url)), id: asText(id) };
}

function inputAudio(part: JsonObject): FilePart {
  const audio = asObject(part.input_audio);
  return { ...NOTHING, encoded: asText(audio?.data), mediaType: asText(audio?.format) };
}

/** OpenAI: Chat has the file in a member of its own, Responses in the part. */
function openaiFile(part: JsonObject): FilePart {
  const file = asObject(part.file) ?? part;
  const named = fileAt(asText(file.file_url));
  return {
    ...NOTHING,
    id: asText(file.file_id),
    name: asText(file.filename) ?? named.name,
    encoded: asText(file.file_data) ?? named.encoded,
  };
}

/** Anthropic: the bytes are in `source`; tools of the Model Context Protocol have them beside the type. */
function sourced(part: JsonObject): FilePart {
  const source = asObject(part.source) ?? {};
  const name = asText(part.title) ?? asText(part.filename);
  const mediaType = asText(source.media_type) ?? asText(part.mimeType);
  const own = { ...NOTHING, id: asText(source.file_id), name, mediaType };
  if (source.type === 'text') {
    const text = asText(source.data);
    return { ...own, text, byteSize: text === null ? null : Buffer.byteLength(text) };
  }
  if (source.type === 'content') return { ...own, text: wordsOf(source.content) };
  if (source.type === 'url') {
    const addressedFile = fileAt(asText(source.url));
    return { ...own, name: name ?? addressedFile.name, encoded: addressedFile.encoded };
  }
  return { ...own, encoded: asText(source.data) ?? asText(part.data) };
}

function wordsOf(content: unknown): string | null {
  if (typeof content === 'string') return content;
  const words = asArray(content).map((part) => asText(asObject(part)?.text) ?? '');
  return asText(words.filter((text) => text !== '').join('\n'));
}

/** The last part of a web address's path, or null when it has none. */
export function nameIn(url: string): string | null {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return asText(decodeURIComponent(last));
  } catch (error) {
    // A stray percent sign: the name as it is written.
    if (error instanceof URIError) return asText(last);
    throw error;
  }
}
