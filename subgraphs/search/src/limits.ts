import { BadUserInputError } from '@colloquy/service';

/** Hits per page. */
export const MAX_FIRST = 100;
/** UTF-16 code units of a query. */
export const MAX_TEXT = 2_000;

/** Returns `first`. Throws BadUserInputError unless it is 1 to 100. */
export function pageSize(first: number): number {
  if (first >= 1 && first <= MAX_FIRST) return first;
  throw new BadUserInputError(`"first" has to be from 1 to ${MAX_FIRST}; it is ${first}.`, { argument: 'first' });
}

/** Returns the value. Throws BadUserInputError, naming the argument, unless it is 0 to 1. */
export function fractionOf(argument: string, value: number): number {
  if (value >= 0 && value <= 1) return value;
  throw new BadUserInputError(`"${argument}" has to be from 0 to 1; it is ${value}.`, { argument });
}
