/** What a chunk is put together from: a word, or a part of one that is too long to stand in a chunk. */
export interface Word {
  readonly start: number;
  readonly end: number;
  readonly tokens: number;
  /** A part of a word: its tokens do not simply add up with those of its neighbours. */
  readonly partial: boolean;
  /** How good a place the end of this word is to end a chunk. */
  readonly border: Border;
}
export type Border = 'none' | 'sentence' | 'paragraph';

export interface ChunkLimits {
  /** Content tokens per chunk, special tokens of the model not counted. */
  readonly maxTokens: number;
  /** UTF-16 code units per chunk: to a word-piece model a long unbroken string is a single unknown token. */
  readonly maxLength: number;
  /** Content tokens of a text, by the model's own tokenizer or an upper estimate; words apart count as words together. */
  countTokens(text: string): number;
}

/** Longer strings than this hardly ever repeat. */
const MEMORABLE = 32;
const SENTENCE_END = /[.!?…。！？][)\]"'”’»」』]*$/u;

/** The words of a text, in order; none is larger than a chunk may be. */
export function wordsOf(text: string, limits: ChunkLimits): Word[] {
  const words: Word[] = [];
  const tokensOf = remembering(limits.countTokens);
  for (const match of text.matchAll(/\S+/gu)) {
    const start = match.index;
    const end = start + match[0].length;
    const parts = fitting(text, start, end, { ...limits, countTokens: tokensOf });
    const partial = parts.length > 1;
    const border = borderAfter(text, end, match[0]);
    for (const [index, part] of parts.entries()) {
      words.push({ ...part, partial, border: index === parts.length - 1 ? border : 'none' });
    }
  }
  return words;
}

/** Texts repeat their words: looking a word up is many times faster than dividing it into tokens again. */
function remembering(count: ChunkLimits['countTokens']): ChunkLimits['countTokens'] {
  const known = new Map<string, number>();
  return (word) => {
    const tokens = known.get(word) ?? count(word);
    if (word.length <= MEMORABLE) known.set(word, tokens);
    return tokens;
  };
}

/** Halves a range, never inside a surrogate pair, until each part fits into a chunk. */
function fitting(
  text: string,
  start: number,
  end: number,
  limits: ChunkLimits,
): Pick<Word, 'start' | 'end' | 'tokens'>[] {
  if (end - start <= limits.maxLength) {
    const tokens = limits.countTokens(text.slice(start, end));
    if (tokens <= limits.maxTokens || end - start <= 2) return [{ start, end, tokens }];
  }
  const half = atCodePoint(text, start + ((end - start) >> 1));
  return [...fitting(text, start, half, limits), ...fitting(text, half, end, limits)];
}

function atCodePoint(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  const insidePair = unit >= 0xdc00 && unit <= 0xdfff && isHighSurrogate(text.charCodeAt(index - 1));
  return insidePair ? index + 1 : index;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function borderAfter(text: string, end: number, word: string): Border {
  const gap = /^\s*/u.exec(text.slice(end, end + 8))?.[0] ?? '';
  if (/\n[^\S\n]*\n/u.test(gap)) return 'paragraph';
  return gap.includes('\n') || SENTENCE_END.test(word) ? 'sentence' : 'none';
}
