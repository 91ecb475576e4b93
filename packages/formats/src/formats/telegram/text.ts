import type { IssueLog } from '../../conversation/issues.ts';
import { asObject, asString, asText, type JsonObject, objectsIn } from '../../json/values.ts';

/** What a message says: its text, or the words of what takes the place of a text. */
export function textOf(message: JsonObject, location: string, log: IssueLog): string {
  const own = plainText(message.text, `${location}.text`, log) ?? plainText(message.text_entities, location, log) ?? '';
  if (own !== '') return own;
  return pollText(message) ?? listText(message) ?? asText(message.information_text) ?? gameText(message) ?? '';
}

/** Addresses behind words of the text, which the text itself does not show. */
export function linksOf(message: JsonObject): string[] {
  const parts = Array.isArray(message.text_entities) ? message.text_entities : message.text;
  return objectsIn(parts)
    .map(({ href }) => asText(href))
    .filter((href) => href !== null);
}

/** A text is a string, or an array of strings and of marked pieces `{type, text}`; null when there is none. */
function plainText(value: unknown, location: string, log: IssueLog): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  const pieces = Array.isArray(value) ? value : [value];
  let text = '';
  for (const [index, piece] of pieces.entries()) {
    const words = asString(piece) ?? asString(asObject(piece)?.text);
    if (words !== null) text += words;
    else log.report('INVALID_CONTENT', `${location}[${index}]`, 'Expected a text; the piece was left out.');
  }
  return text;
}

function pollText({ poll }: JsonObject): string | null {
  const value = asObject(poll);
  return value && lines(wordsOf(value.question), objectsIn(value.answers));
}

function listText({ todo_list }: JsonObject): string | null {
  const value = asObject(todo_list);
  return value && lines(wordsOf(value.title), objectsIn(value.answers ?? value.items));
}

/** Newer versions may mark up the words of polls and lists as they do a message's. */
function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join('');
  return asString(value) ?? asString(asObject(value)?.text) ?? '';
}

function lines(heading: string, answers: readonly JsonObject[]): string {
  return [heading, ...answers.map(({ text }) => `- ${wordsOf(text)}`)].join('\n');
}

function gameText({ game_title, game_description }: JsonObject): string | null {
  const words = [asText(game_title), asText(game_description)].filter((part) => part !== null);
  return words.length > 0 ? words.join('\n') : null;
}
