/** First bytes, as Latin-1, of kinds of files that can be told by them. */
const MAGIC: readonly (readonly [prefix: string, type: string])[] = [
  ['\u0089PNG\r\n\u001a\n', 'image/png'],
  ['\u00ff\u00d8\u00ff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['II*\0', 'image/tiff'],
  ['MM\0*', 'image/tiff'],
  ['%PDF-', 'application/pdf'],
  ['ID3', 'audio/mpeg'],
  ['fLaC', 'audio/flac'],
  ['OggS', 'audio/ogg'],
  ['\u001aE\u00df\u00a3', 'video/webm'],
  ['PK\u0003\u0004', 'application/zip'],
  ['PK\u0005\u0006', 'application/zip'],
  ['\u001f\u008b', 'application/gzip'],
];

/** What stands in bytes 8 to 11 of a RIFF file. */
const RIFF: ReadonlyMap<string, string> = new Map([
  ['WEBP', 'image/webp'],
  ['WAVE', 'audio/wav'],
  ['AVI ', 'video/vnd.avi'],
]);

/** Brands in bytes 8 to 11 of an ISO media file; any other one is a video. */
const BRANDS: ReadonlyMap<string, string> = new Map([
  ['M4A ', 'audio/mp4'],
  ['avif', 'image/avif'],
  ['heic', 'image/heic'],
  ['heix', 'image/heic'],
  ['mif1', 'image/heic'],
  ['qt  ', 'video/quicktime'],
]);

/** Bytes that `mediaTypeOfBytes` looks at. */
export const MAGIC_BYTES = 16;

/** The media type that the first bytes of a file give away, or null. Office documents are ZIPs here: ask their name first. */
export function mediaTypeOfBytes(prefix: Uint8Array): string | null {
  const head = Buffer.from(prefix.subarray(0, MAGIC_BYTES)).toString('latin1');
  const kind = head.slice(8, 12);
  if (head.startsWith('RIFF')) return RIFF.get(kind) ?? null;
  if (head.slice(4, 8) === 'ftyp') return BRANDS.get(kind) ?? 'video/mp4';
  return MAGIC.find(([magic]) => head.startsWith(magic))?.[1] ?? (isMpegFrame(prefix) ? 'audio/mpeg' : null);
}

/** An MP3 without a tag begins with a frame: eleven set bits, then a version, a layer III and a bit rate that exist. */
function isMpegFrame([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  const hasSync = first === 0xff && (second & 0xe0) === 0xe0;
  return hasSync && (second & 0x18) !== 0x08 && (second & 0x06) === 0x02 && (third & 0xf0) !== 0xf0 && third >= 0x10;
}
