import { ATTACHED, DELETED, EDITED, FILE_ATTACHED, OMITTED } from './phrases.ts';

/** What the body of a message amounts to. */
export interface Body {
  /** What was written: without WhatsApp's own remarks about files and changes. */
  text: string;
  contentType: 'text' | 'media' | 'deleted' | 'notice' | 'location' | 'poll';
  metadata: { attachment?: string; omitted?: true; edited?: true };
}

/** iOS writes this mark before each remark of its own; nobody types it. */
const REMARK = '\u200E';
const LEADING_MARKS = /^[\u200E\u200F\u202A-\u202E\u2066-\u2069]+/;
const EDITED_REMARK = /\s?(\u200E?)<([^<>\n]{3,80})>\s*$/u;
const IOS_FILE = /\s?(\u200E?)<\s?([^<>:：\n]{2,30}?)\s?[:：]\s?(?:\u200E)?([^<>\n]+\.[\p{L}\p{N}]{1,8})\s?>/u;
const ANDROID_FILE = /^(\u200E?)([^\n]+\.[\p{L}\p{N}]{1,8}) \(([^()\n]{3,40})\)(?=\n|$)/u;
const NUMBERED_FILE = /^\d{8}-|^(?:IMG|VID|AUD|PTT|STK|DOC)-\d{8}-WA\d+/;
const OMITTED_IN_BRACKETS = /^\u200E?<([^<>\n]{3,60})>(?=\n|$)/u;
const OMITTED_REMARK = /\s?\u200E([^\u200E<>\n]{3,60})$/u;
const OMITTED_PLAIN = /^(?:image|video|audio|sticker|GIF|document|Contact card) omitted$/;
const PLACE = /^[^\n:]{2,30}: https:\/\/(?:maps\.google\.com|foursquare\.com)\//;

/** Reads a body; `files` are the names of the files that came with the chat. */
export function readBody(body: string, files: ReadonlySet<string>): Body {
  const isRemark = body.startsWith(REMARK);
  const plain = body.replace(LEADING_MARKS, '');
  if (DELETED.test(plain.trim())) return { text: plain, contentType: 'deleted', metadata: {} };
  const { text, edited } = withoutEditedRemark(body);
  const file = withoutFile(text, files);
  if (file !== null) {
    const { rest, ...metadata } = file;
    return { text: withoutLeadingMarks(rest).trim(), contentType: 'media', metadata: { ...metadata, ...edited } };
  }
  return { text: withoutLeadingMarks(text), contentType: kindOf(plain, isRemark && !edited.edited), metadata: edited };
}

function withoutEditedRemark(body: string): { text: string; edited: { edited?: true } } {
  const remark = EDITED_REMARK.exec(body);
  const isRemark =
    remark !== null && remark.index > 0 && EDITED.test(remark[2] ?? '') && !/[:：]/.test(remark[2] ?? '');
  return isRemark ? { text: body.slice(0, remark.index), edited: { edited: true } } : { text: body, edited: {} };
}

function withoutFile(
  body: string,
  files: ReadonlySet<string>,
): { rest: string; attachment?: string; omitted?: true } | null {
  const ios = IOS_FILE.exec(body);
  if (ios && isFile(ios[3], files, ATTACHED.test(ios[2] ?? '') || ios[1] === REMARK)) {
    return { rest: body.replace(ios[0], ''), attachment: ios[3] ?? '' };
  }
  const android = ANDROID_FILE.exec(body);
  if (android && isFile(android[2], files, FILE_ATTACHED.test(android[3] ?? ''))) {
    return { rest: body.slice(android[0].length), attachment: android[2] ?? '' };
  }
  const omitted = omittedRemark(body);
  return omitted === null ? null : { rest: body.replace(omitted, ''), omitted: true };
}

/** A name is a file's when it came with the chat, has the form of WhatsApp's names, or a remark in a known language says so. */
function isFile(name: string | undefined, files: ReadonlySet<string>, isNamedSo: boolean): boolean {
  return name !== undefined && (isNamedSo || files.has(name) || NUMBERED_FILE.test(name));
}

function omittedRemark(body: string): string | null {
  if (OMITTED_PLAIN.test(body)) return body;
  const remark = OMITTED_IN_BRACKETS.exec(body) ?? OMITTED_REMARK.exec(body);
  return remark !== null && OMITTED.test(remark[1] ?? '') ? remark[0] : null;
}

function kindOf(plain: string, isRemark: boolean): Body['contentType'] {
  if (PLACE.test(plain)) return 'location';
  if (!isRemark) return 'text';
  const lines = plain.split('\n');
  if (lines.length > 2 && lines.slice(2).some((line) => line.startsWith(REMARK))) return 'poll';
  return lines.length === 1 && !plain.includes('://') ? 'notice' : 'text';
}

function withoutLeadingMarks(text: string): string {
  return text.replace(LEADING_MARKS, '');
}
