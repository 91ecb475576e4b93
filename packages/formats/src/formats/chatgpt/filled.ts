/** The members that say something: ChatGPT writes most of its lists and objects also where they are empty. */
export function filled<Members extends Record<string, unknown>>(members: Members): Partial<Members> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(members)) if (!isEmpty(value)) kept[key] = value;
  return kept as Partial<Members>;
}

export function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.length === 0;
  for (const _ in value) return false;
  return true;
}
