import { asObject } from '../../json/values.ts';

/** The members that say something: ChatGPT writes most of its lists and objects also where they are empty. */
export function filled(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  const object = asObject(value);
  return object !== null && Object.keys(object).length === 0;
}
