/** Bytes that stand in a text. */
export interface InlineBytes {
  /** What a data URL says of itself, else null. */
  mediaType: string | null;
  byteSize: number;
  open(): AsyncIterable<Uint8Array>;
}

const DATA_URL = /^data:([^,;]{0,255})((?:;[^,;]{0,255}){0,8}),/i;
const BASE64 = /^[A-Za-z0-9+/_-]*$/;
/** Characters decoded at a time: a multiple of four, so that no byte is split. */
const PIECE = 64 * 1024;

/** Base64 (of either alphabet, with or without padding or line breaks), or a data URL of either encoding; null when it is neither. */
export function decodeInline(encoded: string): InlineBytes | null {
  const [head, type = '', parameters = ''] = DATA_URL.exec(encoded) ?? [''];
  const body = encoded.slice(head.length);
  const mediaType = type === '' ? null : type;
  if (head !== '' && !/;base64$/i.test(parameters)) return percentEncoded(body, mediaType);
  const compact = (/\s/.test(body) ? body.replace(/\s+/g, '') : body).replace(/={1,2}$/, '');
  if (!BASE64.test(compact) || compact.length % 4 === 1) return null;
  return {
    mediaType,
    byteSize: Math.floor((compact.length * 3) / 4),
    async *open() {
      for (let at = 0; at < compact.length; at += PIECE) yield Buffer.from(compact.slice(at, at + PIECE), 'base64');
    },
  };
}

function percentEncoded(body: string, mediaType: string | null): InlineBytes | null {
  try {
    const bytes = Buffer.from(decodeURIComponent(body));
    return {
      mediaType,
      byteSize: bytes.length,
      async *open() {
        yield bytes;
      },
    };
  } catch (error) {
    // A stray percent sign: the caller reports that there is nothing to read.
    if (error instanceof URIError) return null;
    throw error;
  }
}
