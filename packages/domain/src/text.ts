/** What had to be changed for a text to be storable and addressable by UTF-16 offsets. */
export interface WellFormedText {
  text: string;
  /** Number of NUL characters removed. */
  removedNul: number;
  /** Whether lone surrogates were replaced by U+FFFD. */
  replacedSurrogates: boolean;
}

/** PostgreSQL takes neither NUL nor lone surrogates, so they go before any offset is taken. */
export function makeWellFormed(text: string): WellFormedText {
  const replacedSurrogates = !text.isWellFormed();
  const formed = replacedSurrogates ? text.toWellFormed() : text;
  if (!formed.includes('\0')) return { text: formed, removedNul: 0, replacedSurrogates };
  const clean = formed.replaceAll('\0', '');
  return { text: clean, removedNul: formed.length - clean.length, replacedSurrogates };
}
