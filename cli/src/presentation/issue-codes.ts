import type { IssueCount } from '../operations/session.ts';
import { count, counted } from './format.ts';

const CODES_SHOWN = 2;

/** The commonest codes of issues, such as `2,431 × EMPTY_MESSAGE, 3 × INVALID_TIME and 2 more codes`. */
export function issueCodes(counts: readonly IssueCount[]): string {
  const shown = counts.slice(0, CODES_SHOWN).map(({ code, count: number }) => `${count(number)} × ${code}`);
  const hidden = counts.length - shown.length;
  return `${shown.join(', ')}${hidden > 0 ? ` and ${counted(hidden, 'more code')}` : ''}`;
}
