import { isUtf8 } from 'node:buffer';
import { IssueLog } from '../../conversation/issues.ts';
import { storableJson } from '../../conversation/storable.ts';
import { RecordRejected } from '../conversation-record.ts';
import { type Activity, conversationOf, isGeminiProduct, modelOf } from './activity.ts';
import { decodeEntities } from './html/entities.ts';
import { plainText } from './html/text.ts';
import { readBody, type Subtitle } from './html-body.ts';

/** One part of a record: its header, what was said, or the small print. */
interface Section {
  kind: 'header' | 'body' | 'caption' | 'side';
  /** Place of its content in the cell. */
  start: number;
  end: number;
}

const SECTION = /<div class="(header|content)-cell([^"<>]{0,300})"[^<>]{0,300}>/g;
const URL = /https?:\/\/(?:gemini|bard)\.google\.com\/[\w./?#=&%~-]{1,200}/gi;

/** Reads one record of MyActivity.html. Throws RecordRejected when it has not the parts of one. */
export function readHtmlActivity(bytes: Buffer, document: string, location: string): Activity {
  const log = new IssueLog();
  if (!isUtf8(bytes)) log.report('INVALID_UTF8', location, 'Bytes that are not UTF-8 were replaced by U+FFFD.');
  const cell = bytes.toString('utf8');
  const sections = sectionsOf(cell);
  const header = sections.find(({ kind }) => kind === 'header');
  const body = sections.find(({ kind }) => kind === 'body');
  if (!header || !body) throw new RecordRejected('INVALID_RECORD', 'The record has no header or no content.');
  const product = plainText(cell.slice(header.start, header.end)).replace(/\s+/gu, ' ').trim();
  const { title, subtitles, time, answer } = readBody(cell.slice(body.start, body.end), location, log);
  const answerStart = body.start + answer.start;
  const html = cell.slice(answerStart, body.start + answer.end);
  const hasAnswer = html.trim() !== '';
  return {
    form: 'html',
    document,
    location,
    product,
    isGemini: isGeminiProduct(product),
    title,
    time,
    links: linksOf(cell, sections),
    answers: hasAnswer ? [{ html, raw: JSON.stringify({ html }), location: `${location}.answer` }] : [],
    raw: JSON.stringify({
      html: hasAnswer ? cell.slice(0, answerStart) + cell.slice(answerStart + html.length) : cell,
    }),
    metadata: metadataOf(subtitles),
    model: modelOf(subtitles.map(({ name }) => name)),
    issues: log.issues,
  };
}

function sectionsOf(cell: string): Section[] {
  const sections: Section[] = [];
  for (const opening of cell.matchAll(SECTION)) {
    const last = sections.at(-1);
    if (last) last.end = withoutClosing(cell, last.start, opening.index);
    const start = opening.index + opening[0].length;
    sections.push({ kind: kindOf(opening[1] ?? '', opening[2] ?? ''), start, end: cell.length });
  }
  return sections;
}

function kindOf(cell: string, classes: string): Section['kind'] {
  if (cell === 'header') return 'header';
  if (classes.includes('caption')) return 'caption';
  return classes.includes('text-right') ? 'side' : 'body';
}

/** The end of a section's content: the closing tag of the section itself belongs to the page. */
function withoutClosing(cell: string, start: number, end: number): number {
  const content = cell.slice(start, end).trimEnd();
  return start + (content.endsWith('</div>') ? content.length - '</div>'.length : content.length);
}

/** Links are in the small print only: whatever stands in an answer is Gemini's. */
function linksOf(cell: string, sections: readonly Section[]): string[] {
  const ids = sections
    .filter(({ kind }) => kind === 'caption')
    .flatMap(({ start, end }) => decodeEntities(cell.slice(start, end)).match(URL) ?? [])
    .map(conversationOf);
  return [...new Set(ids.filter((id) => id !== null))];
}

function metadataOf(subtitles: readonly Subtitle[]): Record<string, unknown> {
  if (subtitles.length === 0) return {};
  const files = subtitles
    .map(({ url }) => url)
    .filter((url) => url !== undefined && !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(url));
  return {
    subtitles: storableJson(subtitles),
    ...(files.length > 0 ? { attachedFiles: storableJson(files) } : {}),
  };
}
