/** First bytes (as Latin-1) of kinds of files that people drop by mistake. */
const KINDS: readonly (readonly [string, string])[] = [
  ['%PDF', 'a PDF document'],
  ['\u001f\u008b', 'a gzip file'],
  ["7z\u00bc\u00af'\u001c", 'a 7-Zip archive'],
  ['Rar!', 'a RAR archive'],
  ['\u00fd7zXZ', 'an xz file'],
  ['BZh', 'a bzip2 file'],
  ['\u0028\u00b5\u002f\u00fd', 'a Zstandard file'],
  ['\u0089PNG', 'a PNG image'],
  ['\u00ff\u00d8\u00ff', 'a JPEG image'],
  ['GIF8', 'a GIF image'],
  ['SQLite format 3', 'an SQLite database'],
  ['\u007fELF', 'a program'],
  ['\u00ff\u00fe', 'a UTF-16 text'],
  ['\u00fe\u00ff', 'a UTF-16 text'],
];

/** The kind that the first bytes give away, in words, or null. */
export function kindOfBytes(prefix: Buffer): string | null {
  const head = prefix.toString('latin1', 0, 32);
  if (head.slice(8, 12) === 'WEBP' && head.startsWith('RIFF')) return 'a WebP image';
  if (isUtf16(head)) return 'a UTF-16 text';
  if (prefix.length > 262 && prefix.toString('latin1', 257, 262) === 'ustar') return 'a tar archive';
  return KINDS.find(([magic]) => head.startsWith(magic))?.[1] ?? null;
}

/** Text in UTF-16 without a mark: what JSON, HTML and chats begin with is ASCII, and every other byte of that is zero. */
function isUtf16(head: string): boolean {
  return /^([\t-~]\0){2}/.test(head) || /^(\0[\t-~]){2}/.test(head);
}
