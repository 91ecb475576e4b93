import type { IssueLog } from '../../conversation/issues.ts';
import { plainText } from './html/text.ts';
import { attribute, htmlTokens } from './html/tokens.ts';
import { parseLocalTime } from './local-time.ts';

/** A line between the title and the time: an attached file, a Gem, a picture. */
export interface Subtitle {
  name: string;
  url?: string;
}

/** The content of a record: title, lines below it, time and answer, parted by `<br>` alone. */
export interface HtmlBody {
  title: string;
  subtitles: Subtitle[];
  time: Date | null;
  /** Place of the answer in the content. */
  answer: { start: number; end: number };
}

interface Line {
  text: string;
  url: string | null;
  /** Place of the content behind the line and its `<br>`. */
  next: number;
}

/** An answer is written in blocks, a title never is. */
const BLOCKS: ReadonlySet<string> = new Set([
  'p',
  'div',
  'pre',
  'ul',
  'ol',
  'table',
  'blockquote',
  'hr',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
]);
const PICTURES = /^\d+\s*(?:generated (?:image|video)s?|张生成的图片)[.。]?$/i;
const MAX_COUNT_LENGTH = 60;

/** Reads the content; the time is the first line behind the title that is a time and nothing else. */
export function readBody(html: string, location: string, log: IssueLog): HtmlBody {
  const lines: Line[] = [];
  for (const line of linesOf(html)) {
    const local = lines.length > 0 ? parseLocalTime(line.text) : null;
    if (local === null) {
      lines.push(line);
      continue;
    }
    if (!local.zoneIsKnown) {
      const zone =
        local.zone === '' ? 'The time names no zone' : `The time zone ${JSON.stringify(local.zone)} is not known`;
      log.report('INVALID_TIMESTAMP', location, `${zone}; the time was read as UTC.`);
    }
    return { ...titleOf(lines), time: local.time, answer: { start: line.next, end: html.length } };
  }
  log.report('INVALID_TIMESTAMP', location, 'The record has no time that can be read.');
  const start = lines.at(-1)?.next ?? html.length;
  return { ...titleOf(lines), time: null, answer: { start, end: html.length } };
}

/** The lines before the first block. */
function* linesOf(html: string): Generator<Line> {
  let start = 0;
  let url: string | null = null;
  for (const token of htmlTokens(html)) {
    if (token.kind !== 'open') continue;
    if (token.name === 'a') url ??= attribute(html, token, 'href');
    if (token.name === 'img') url ??= attribute(html, token, 'src');
    const isBlock = BLOCKS.has(token.name);
    if (token.name !== 'br' && !isBlock) continue;
    const text = plainText(html.slice(start, token.start));
    const next = isBlock ? token.start : token.end;
    if (!isBlock || text.trim() !== '') yield { text, url, next };
    if (isBlock) return;
    [start, url] = [next, null];
  }
  const text = plainText(html.slice(start));
  if (text.trim() !== '') yield { text, url, next: html.length };
}

/**
 * The first line is the title; the lines below it go on with it, except those at the end that tell of files: they link
 * to them, or count them ("Attached 2 files.", in whichever language, before two links).
 */
function titleOf(lines: readonly Line[]): { title: string; subtitles: Subtitle[] } {
  let first = lines.length;
  let links = 0;
  while (first > 1) {
    const line = lines[first - 1];
    const text = line?.text.trim() ?? '';
    const isLink = (line?.url ?? null) !== null;
    if (!isLink && text !== '' && !PICTURES.test(text) && !counts(text, links)) break;
    links = isLink ? links + 1 : 0;
    first--;
  }
  const subtitles = lines
    .slice(first)
    .map(({ text, url }) => ({ name: text.replace(/\s+/gu, ' ').trim(), ...(url === null ? {} : { url }) }))
    .filter(({ name, url }) => name !== '' || url !== undefined);
  const title = lines.slice(0, first).map(({ text }) => text);
  return { title: title.join('\n').trim(), subtitles };
}

function counts(text: string, links: number): boolean {
  const numbers = text.match(/\d+/g) ?? [];
  return links > 0 && text.length <= MAX_COUNT_LENGTH && numbers.length === 1 && Number(numbers[0]) === links;
}
