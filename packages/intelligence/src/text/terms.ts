import { STOPWORDS } from './stopwords.ts';

const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’_.+#/-]*[\p{L}\p{N}+#]|[\p{L}\p{N}]/gu;
const DOUBLED = /([bdfgklmnprt])\1$/;

/** Words as they stand, apostrophes straightened. */
export function wordsOf(text: string): string[] {
  return text.replaceAll('’', "'").match(WORD) ?? [];
}

/** A light stem that joins plural, past and progressive forms: `caches`, `cached`, `caching` -> `cach`. */
export function stem(word: string): string {
  if (word.length < 4 || /[\d_.+#/]/.test(word)) return word;
  const base = word.replace(/'s?$/, '');
  if (/(?:ss|us|is)$/.test(base)) return base;
  if (base.endsWith('ies') && base.length > 4) return `${base.slice(0, -3)}y`;
  const cut = base.replace(/(?:ings?|ed|es|s|e)$/, '');
  if (cut.length < 3) return base;
  return DOUBLED.test(cut) && cut.length > 4 ? cut.slice(0, -1) : cut;
}

/** Topic-bearing stems in the order of their first appearance, each with the word as it was first written. */
export function keyTerms(text: string): Map<string, string> {
  const terms = new Map<string, string>();
  for (const word of wordsOf(text)) {
    const lower = word.toLowerCase();
    if (lower.length < 2 || STOPWORDS.has(lower) || /^[\d.,:/-]+$/.test(lower)) continue;
    for (const part of lower.includes('/') || lower.includes('-') ? lower.split(/[/-]/) : [lower]) {
      if (part.length < 2 || STOPWORDS.has(part) || /^[\d.,:]+$/.test(part)) continue;
      const term = stem(part);
      if (!terms.has(term)) terms.set(term, part);
    }
  }
  return terms;
}
