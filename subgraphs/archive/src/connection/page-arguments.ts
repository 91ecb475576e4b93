import type { PageRequest } from '@colloquy/database';
import { BadUserInputError } from '@colloquy/service';

const MAX_FIRST = 100;

/** Throws BadUserInputError when `first` is not 1 to 100. */
export function checkFirst(first: number): number {
  if (first < 1 || first > MAX_FIRST) {
    throw new BadUserInputError(`Expected \`first\` to be 1 to ${MAX_FIRST}, got ${first}.`, { argument: 'first' });
  }
  return first;
}

/** The page that a field's arguments ask for. Throws BadUserInputError. */
export function pageRequest(args: { first: number; after?: string | null }): PageRequest {
  return { first: checkFirst(args.first), after: args.after ?? null };
}
