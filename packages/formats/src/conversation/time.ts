import type { IssueLog } from './issues.ts';

const ISO_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i;
const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;
/** As seconds this is the year 5138, as milliseconds 1973: a larger number counts milliseconds. */
const LARGEST_SECONDS = 1e11;
const YEAR_10000 = Date.UTC(10_000, 0, 1);

/**
 * A vendor's time as a Date: epoch seconds (or milliseconds) as a number or a numeric string, or an ISO 8601 string
 * (UTC when it names no zone). Absent is null; anything else is null with an INVALID_TIMESTAMP issue.
 */
export function parseTime(value: unknown, location: string, log: IssueLog): Date | null {
  if (value === null || value === undefined || value === '') return null;
  const milliseconds =
    typeof value === 'number' ? fromEpoch(value) : typeof value === 'string' ? fromText(value) : null;
  if (milliseconds !== null && Number.isFinite(milliseconds) && milliseconds >= 0 && milliseconds < YEAR_10000) {
    return new Date(milliseconds);
  }
  log.report('INVALID_TIMESTAMP', location, `${JSON.stringify(value).slice(0, 80)} is no time.`);
  return null;
}

function fromEpoch(value: number): number {
  return Math.round(Math.abs(value) > LARGEST_SECONDS ? value : value * 1000);
}

function fromText(value: string): number | null {
  const text = value.trim();
  if (NUMBER.test(text)) return fromEpoch(Number(text));
  if (!ISO_TIME.test(text)) return null;
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(text);
  return Date.parse(`${text.replace(' ', 'T').replace(',', '.')}${hasZone ? '' : 'Z'}`);
}
