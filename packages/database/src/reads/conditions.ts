import { Prisma } from '../generated/prisma/client.ts';

/** All of the conditions that apply, as one; true when none does. */
export function allOf(conditions: readonly (Prisma.Sql | null)[]): Prisma.Sql {
  const applying = conditions.filter((condition) => condition !== null);
  return applying.length === 0 ? Prisma.sql`true` : Prisma.join(applying, ' AND ');
}

/** The condition when there is something to compare with; an absent or empty list restricts nothing. */
export function when<T>(value: T | null | undefined, condition: (value: T) => Prisma.Sql): Prisma.Sql | null {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return null;
  return condition(value);
}

/** A text as a LIKE pattern that finds it anywhere, its own wildcards taken literally. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
