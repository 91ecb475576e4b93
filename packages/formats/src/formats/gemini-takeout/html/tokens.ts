import { decodeEntities } from './entities.ts';

/** A piece of HTML; `start` and `end` are its place in the source, in UTF-16 code units. */
export type HtmlToken =
  | { kind: 'text'; start: number; end: number }
  /** `name` is in lower case; a void or self-closed element has no `close`. */
  | { kind: 'open'; name: string; start: number; end: number }
  | { kind: 'close'; name: string; start: number; end: number };

const NAME = /[a-z][a-z0-9]*/iy;
/** A tag with more characters is taken for text. */
const MAX_TAG = 16 * 1024;
/** A comment with more characters too: Google writes none, and looking for the end of each must not take long. */
const MAX_COMMENT = 1024;
const COMMENT = '<!--';
/** Elements whose content is no text to read. */
const RAW_TEXT: ReadonlySet<string> = new Set(['script', 'style', 'template', 'title', 'noscript', 'iframe']);

/**
 * The tags and texts of a piece of HTML, in linear time. What is no complete tag is text, so nothing a person wrote is
 * lost; comments, declarations and the content of scripts and styles are left out.
 */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  let textStart = 0;
  let at = html.indexOf('<');
  while (at !== -1) {
    const tag = tagAt(html, at);
    if (tag === null) {
      at = html.indexOf('<', at + 1);
      continue;
    }
    if (at > textStart) yield { kind: 'text', start: textStart, end: at };
    textStart = tag.end;
    if (tag.kind === 'open' && RAW_TEXT.has(tag.name)) {
      textStart = endOfRawText(html, tag.name, tag.end);
    } else if (tag.kind !== 'ignored') {
      yield { kind: tag.kind, name: tag.name, start: at, end: tag.end };
    }
    at = html.indexOf('<', textStart);
  }
  if (textStart < html.length) yield { kind: 'text', start: textStart, end: html.length };
}

/** The value of an attribute of the tag at `token`, decoded; null when it has none. */
export function attribute(html: string, token: HtmlToken, name: string): string | null {
  const tag = html.slice(token.start, Math.min(token.end, token.start + MAX_TAG));
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag);
  const value = found?.[1] ?? found?.[2] ?? found?.[3];
  return value === undefined ? null : decodeEntities(value).trim();
}

interface Tag {
  kind: 'open' | 'close' | 'ignored';
  name: string;
  end: number;
}

function tagAt(html: string, start: number): Tag | null {
  if (html.startsWith(COMMENT, start)) return ignored(html, start, '-->');
  const next = html[start + 1];
  if (next === '!' || next === '?') return ignored(html, start, '>');
  const kind = next === '/' ? 'close' : 'open';
  NAME.lastIndex = start + (kind === 'close' ? 2 : 1);
  const name = NAME.exec(html)?.[0].toLowerCase();
  if (name === undefined) return null;
  const end = endOfTag(html, NAME.lastIndex);
  return end === -1 ? null : { kind, name, end };
}

/** The place after the `>` that ends the tag, quotes respected; -1 when there is none in reach. */
function endOfTag(html: string, from: number): number {
  const limit = Math.min(html.length, from + MAX_TAG);
  let quote = '';
  for (let at = from; at < limit; at++) {
    const character = html[at];
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '>') {
      return at + 1;
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if (character === '<') {
      return -1;
    }
  }
  return -1;
}

function ignored(html: string, start: number, closer: string): Tag | null {
  const end = html.slice(start, start + MAX_COMMENT).indexOf(closer);
  return end === -1 ? null : { kind: 'ignored', name: '', end: start + end + closer.length };
}

function endOfRawText(html: string, name: string, from: number): number {
  const closer = new RegExp(`</${name}\\s*>`, 'gi');
  closer.lastIndex = from;
  const found = closer.exec(html);
  return found ? found.index + found[0].length : html.length;
}
