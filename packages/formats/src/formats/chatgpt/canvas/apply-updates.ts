import type { CanvasUpdate } from './canvas-call.ts';

/** Patterns that ChatGPT writes for "the whole document". */
const WHOLE = new Set(['.*', '^.*$', '(?s).*', '(?s)^.*$', '.+', '[\\s\\S]*', '[\\s\\S]+']);
const META = new Set('.^$*+?{}[]|()');
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
]);

/**
 * The document after the updates, or null where that is not known: a pattern is followed only when it means the whole
 * document or words that stand in it, and none is run as an expression (it comes from the archive and might never end).
 * `text` is the document before, null when unknown; `most` bounds the length of the result.
 */
export function applyUpdates(text: string | null, updates: readonly CanvasUpdate[], most: number): string | null {
  return updates.reduce<string | null>((document, { pattern, replacement, multiple }) => {
    if (WHOLE.has(pattern)) return replacement;
    if (document === null) return null;
    const words = [literal(pattern), pattern].find((candidate) => candidate !== null && document.includes(candidate));
    return words ? replaced(document, words, replacement, multiple, most) : null;
  }, text);
}

function replaced(document: string, words: string, by: string, multiple: boolean, most: number): string | null {
  if (!multiple) {
    const at = document.indexOf(words);
    return `${document.slice(0, at)}${by}${document.slice(at + words.length)}`;
  }
  let count = 0;
  for (let at = document.indexOf(words); at !== -1; at = document.indexOf(words, at + words.length)) count++;
  return document.length + count * (by.length - words.length) > most ? null : document.replaceAll(words, () => by);
}

/** The words that a pattern without operators means, or null. */
function literal(pattern: string): string | null {
  let words = '';
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character !== '\\') {
      if (META.has(character)) return null;
      words += character;
      continue;
    }
    const escaped = pattern.charAt(++at);
    const meant = ESCAPES.get(escaped) ?? (/[a-z0-9]|^$/i.test(escaped) ? null : escaped);
    if (meant === null) return null;
    words += meant;
  }
  return words;
}
