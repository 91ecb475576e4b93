/** What stands in for a passage that is no prose, so that a cue never matches inside it. */
export const CODE_MARK = ' \uFFFC ';
export const URL_MARK = ' \uFFFD ';

const INLINE_CODE = /(`+)(?!`)[^\n]*?[^`]\1(?!`)/g;
const URL = /\b(?:https?|ftp):\/\/[^\s<>)\]]+|\bwww\.[^\s<>)\]]+/gi;
const MARKDOWN_LINK = /\[([^\]\n]*)\]\([^)\n]*\)/g;
const LIST_MARKER = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?/;
const EMPHASIS = /(\*\*|__|\*(?=\S)|(?<=\S)\*|~~)/g;

export function stripListMarker(line: string): string {
  return line.replace(LIST_MARKER, '');
}

/** Number of characters that a list marker takes at the start of a line; 0 when there is none. */
export function listMarkerLength(line: string): number {
  return LIST_MARKER.exec(line)?.[0].length ?? 0;
}

/** Replaces inline code, addresses and markup by marks; the length changes. */
export function maskInline(text: string): string {
  return text.replace(INLINE_CODE, CODE_MARK).replace(MARKDOWN_LINK, '$1').replace(URL, URL_MARK).replace(EMPHASIS, '');
}
