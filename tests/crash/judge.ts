import type { WholeSnapshot } from '../support/snapshot.ts';
import type { HeardEvent } from './importing.ts';

/** How a follower's events compare with the numbers 1, 2, 3 ... and its items with those that are stored. */
export function judgeEvents(
  events: readonly Pick<HeardEvent, 'sequence' | 'newItems'>[],
  storedItems: number,
): { lost: number; doubled: number } {
  const numbers = events.map(({ sequence }) => sequence);
  const items = events.flatMap(({ newItems }) => newItems.map(({ id }) => id));
  const distinct = new Set(numbers).size;
  const distinctItems = new Set(items).size;
  const backwards = numbers.filter((number, index) => index > 0 && number < (numbers[index - 1] ?? 0)).length;
  return {
    lost: Math.max(0, ...numbers) - distinct + Math.max(0, storedItems - distinctItems),
    doubled: numbers.length - distinct + (items.length - distinctItems) + backwards,
  };
}

export interface Difference {
  missing: number;
  extra: number;
  /** The first differing lines, for a person. */
  examples: string[];
}

/** What one snapshot has and the other has not, as multisets: a line that is there twice counts twice. */
export function difference(reference: WholeSnapshot, actual: WholeSnapshot): Difference {
  const all: Difference = { missing: 0, extra: 0, examples: [] };
  for (const field of Object.keys(reference) as (keyof WholeSnapshot)[]) {
    const left = surplus(reference[field], actual[field]);
    const right = surplus(actual[field], reference[field]);
    all.missing += left.length;
    all.extra += right.length;
    all.examples.push(...left.slice(0, 2).map((line) => `${field} missing: ${line.slice(0, 160)}`));
    all.examples.push(...right.slice(0, 2).map((line) => `${field} extra: ${line.slice(0, 160)}`));
  }
  return all;
}

function surplus(of: readonly string[], over: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of over) left.set(line, (left.get(line) ?? 0) + 1);
  return of.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
