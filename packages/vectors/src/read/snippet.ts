const LENGTH = 240;
const LEAD = 40;

/**
 * About 240 characters of a chunk around the place where most of the query's words stand (its beginning when none
 * does), cut between words, on one line; an ellipsis marks what was left out.
 */
export function snippet(content: string, query: string): string {
  const text = content.replace(/\s+/gu, ' ').trim();
  if (text.length <= LENGTH) return text;
  const start = wordStart(text, Math.max(0, densestPlace(text, query) - LEAD));
  const end = start + LENGTH >= text.length ? text.length : wordEnd(text, start + LENGTH);
  const cut = text.slice(start, end).trim();
  return `${start > 0 ? '…' : ''}${cut}${end < text.length ? '…' : ''}`;
}

/** Index of the first word of the window that holds the most distinct words of the query. */
function densestPlace(text: string, query: string): number {
  const wanted = new Set(wordsOf(query).map(({ word }) => word));
  const hits = wordsOf(text).filter(({ word }) => wanted.has(word));
  let best = { at: 0, distinct: 0 };
  for (const [index, { at }] of hits.entries()) {
    const seen = new Set<string>();
    for (let next = index; next < hits.length; next++) {
      const hit = hits[next];
      if (!hit || hit.at > at + LENGTH - LEAD) break;
      seen.add(hit.word);
    }
    if (seen.size > best.distinct) best = { at, distinct: seen.size };
  }
  return best.at;
}

function wordsOf(text: string): { word: string; at: number }[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({ word: match[0].toLowerCase(), at: match.index }));
}

/** A border between words near `index`; where a text has none, at least one between two characters. */
function wordStart(text: string, index: number): number {
  if (index === 0) return 0;
  const space = text.lastIndexOf(' ', index);
  return space >= 0 && index - space <= LEAD ? space + 1 : characterBorder(text, index);
}

function wordEnd(text: string, index: number): number {
  const space = text.lastIndexOf(' ', index);
  return space >= 0 && index - space <= LEAD ? space : characterBorder(text, index);
}

function characterBorder(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff ? index - 1 : index;
}
