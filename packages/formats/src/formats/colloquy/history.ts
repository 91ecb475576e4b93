import type { IssueLog } from '../../conversation/issues.ts';
import { storableText } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import { asObject, type JsonObject } from '../../json/values.ts';
import type { FormerText, FormerTitle } from '../../model.ts';

/** Titles before the present one. */
export function formerTitles(value: unknown, location: string, log: IssueLog): FormerTitle[] {
  return entries(value, 'title', location, log).map(({ entry: { title, replacedAt }, at }) => ({
    title: storableText(`${title}`, at, log),
    replacedAt: parseTime(replacedAt, `${at}.replacedAt`, log),
  }));
}

/** Texts other than the present one. Numbers that are none, or there twice, are given anew in the order of the file. */
export function formerTexts(value: unknown, location: string, log: IssueLog): FormerText[] {
  const texts = entries(value, 'text', location, log).map(({ entry: { revision, text, replacedAt }, at }) => ({
    revision: Number.isInteger(revision) ? Number(revision) : 0,
    text: storableText(`${text}`, at, log),
    replacedAt: parseTime(replacedAt, `${at}.replacedAt`, log),
  }));
  const numbers = new Set(texts.map(({ revision }) => revision));
  const areNumbered = numbers.size === texts.length && texts.every(({ revision }) => isNumber(revision));
  return areNumbered ? texts : texts.map((text, index) => ({ ...text, revision: index + 1 }));
}

/** What PostgreSQL's integer takes, with room to go on counting. */
function isNumber(revision: number): boolean {
  return revision >= 1 && revision <= 1_000_000;
}

/** The objects of a list whose member `text` is a string. */
function entries(value: unknown, text: string, location: string, log: IssueLog): { entry: JsonObject; at: string }[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    log.report('INVALID_CONTENT', location, 'Expected a list.');
    return [];
  }
  return value.flatMap((each: unknown, index) => {
    const entry = asObject(each);
    const at = `${location}[${index}]`;
    if (typeof entry?.[text] === 'string') return [{ entry, at }];
    log.report('INVALID_CONTENT', at, `Expected an object with a ${text}.`);
    return [];
  });
}
