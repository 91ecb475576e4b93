import { BadUserInputError } from '@colloquy/service';

/** Entries of one list. */
export const MAX_FIRST = 100;
/** Lists of items inside lists of items. */
export const MAX_NESTING = 5;
export const MAX_DEPTH = 5;
export const MAX_HOPS = 3;

/** Returns the value. Throws BadUserInputError, naming the argument, when it is outside of `least`..`most`. */
export function within(argument: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): number {
  if (value >= least && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `at least ${least}` : `from ${least} to ${most}`;
  throw new BadUserInputError(`"${argument}" has to be ${range}; it is ${value}.`, { argument });
}
