import { asArray, asText } from '../../json/values.ts';

/**
 * ChatGPT marks citations and cards inside its text with characters of the private use area:
 * U+E200 kind U+E202 argument (U+E202 argument)* U+E201. The website replaces them; an export shows them raw.
 */
const MARK = /\uE200([^\uE200-\uE202]*)((?:\uE202[^\uE200\uE201\uE202]*)*)\uE201/g;
/** A mark that lost its end: its arguments are identifiers without spaces. */
const OPEN_MARK = /\uE200[a-z_]*(?:\uE202[\w-]*)*/g;
const STRAY = /[\uE200-\uE2FF]/g;

/** The text without marks; the words that a mark shows in the sentence (a named entity, the title of a link) stay. */
export function withoutMarks(text: string): string {
  if (!/[\uE200-\uE2FF]/.test(text)) return text;
  return text
    .replace(MARK, (_, kind: string, args: string) => shownWords(kind, args.split('\uE202').slice(1)))
    .replace(OPEN_MARK, '')
    .replace(STRAY, '');
}

function shownWords(kind: string, args: readonly string[]): string {
  const [first = ''] = args;
  if (kind === 'url') return first;
  if (kind !== 'entity') return '';
  // An entity is a JSON array: kind, name, description.
  return asText(parsed(first)[1]) ?? '';
}

function parsed(json: string): readonly unknown[] {
  try {
    return asArray(JSON.parse(json));
  } catch {
    // A mark that was cut off shows no words.
    return [];
  }
}
