const MARKS = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF]/g;
const OPEN_QUOTE = /[“„«][^”“»]*$/;
const MAX_NAME_LENGTH = 120;

/** What stands behind a head, taken apart: who speaks (null when the line is WhatsApp's own), and what is said. */
export interface Speech {
  author: string | null;
  body: string;
}

/** Splits `Name: text` at the first colon that can end a name. */
export function splitSpeech(rest: string): Speech {
  const colon = /:(?=[\s\u200E\u200F\u202A-\u202E\u2066-\u2069]|$)/.exec(rest)?.index ?? -1;
  const lineEnd = rest.indexOf('\n');
  const isInFirstLine = colon !== -1 && (lineEnd === -1 || colon < lineEnd);
  const author = isInFirstLine ? nameOf(rest.slice(0, colon)) : null;
  if (author === null) return { author: null, body: rest };
  const body = rest.slice(colon + 1);
  return { author, body: body.startsWith(' ') ? body.slice(1) : body };
}

/** The name without marks of direction and without the tilde of people who are not among the contacts. */
function nameOf(text: string): string | null {
  const name = text.replace(MARKS, '').trim().replace(/^~\s*/, '');
  // `Ann changed the subject to "Plan: B"` has its colon within quotes: nobody says it.
  const isQuoting = OPEN_QUOTE.test(name) || name.split('"').length % 2 === 0;
  return name === '' || name.length > MAX_NAME_LENGTH || isQuoting ? null : name;
}
