import { asObject } from '../../json/values.ts';

/** The members that say something: ChatGPT writes most of its lists and objects also where they are empty. */
export function filled<Members extends Record<string, unknown>>(members: Members): Partial<Members> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(members)) if (!isEmpty(value)) kept[key] = value;
  return kept as Partial<Members>;
}

export function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  const object = asObject(value);
  return object !== null && Object.keys(object).length === 0;
}
