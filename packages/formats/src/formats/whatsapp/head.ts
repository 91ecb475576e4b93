import { hourOfDay, periodOf } from './periods.ts';

/** The head of a line: the time at which a message was sent, as the phone's locale writes it. */
export interface Head {
  /** The three numbers of the date in the order of the line. */
  date: readonly [number, number, number];
  /** How many digits each of them is written with. */
  digits: readonly [number, number, number];
  hour: number;
  minute: number;
  second: number;
  /** What all heads of one export have in common; a line in another manner belongs to a message. */
  manner: string;
  separator: string;
  /** Which number of the date has four digits. */
  fullYear: 'first' | 'last' | 'none';
  /** A word before the time such as `klo` or `오후`; empty when there is none. */
  wordBefore: string;
  /** A word behind the time such as `PM` or `Uhr`; empty when there is none. */
  wordAfter: string;
  /** Whether one of the words names the half of the day in a language that is known here. */
  isPeriodKnown: boolean;
  /** Where the line goes on behind the head. */
  end: number;
}

/** Marks of direction, which WhatsApp puts around anything; they show nothing. */
const MARKS = '[\\u200E\\u200F\\u061C\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]*';
const WORD = "\\p{L}[\\p{L}\\p{M}.\\u05F3\\u05F4']{0,11}";
const HEAD = new RegExp(
  [
    `^${MARKS}(?<bracket>\\[)?${MARKS}`,
    `(?<first>\\p{Nd}{1,4})${MARKS}(?<separator>[./-])\\s?${MARKS}(?<second>\\p{Nd}{1,2})${MARKS}\\k<separator>\\s?${MARKS}(?<third>\\p{Nd}{1,4})`,
    `(?:\\.|\\s?г\\.)?(?<comma>[,،])?${MARKS}\\s${MARKS}`,
    `(?:(?<before>${WORD})\\s?${MARKS})?`,
    `(?<hour>\\p{Nd}{1,2})(?<point>[:.])(?<minute>\\p{Nd}{2})(?:\\k<point>(?<seconds>\\p{Nd}{2}))?`,
    `(?:\\s?${MARKS}(?<after>${WORD}(?:\\s\\p{L}\\.)?))?${MARKS}`,
    `(?<close>\\]\\s?|\\s[-–](?:\\s|$)|:\\s)`,
  ].join(''),
  'u',
);
/** Heads are shorter than this; what a long line says further on is not looked at. */
const MAX_HEAD_LENGTH = 80;

/** The head that a line begins with; null when it has none. */
export function parseHead(line: string): Head | null {
  const match = HEAD.exec(line.slice(0, MAX_HEAD_LENGTH));
  const parts = match?.groups;
  if (!match || !parts) return null;
  const { bracket, first = '', second = '', third = '', separator = '', before = '', after = '', seconds } = parts;
  const style = styleOf(bracket !== undefined, parts.close ?? '', seconds !== undefined);
  const fullYear = fullYearOf(first, third);
  if (style === null || fullYear === null) return null;
  const period = periodOf(after) ?? periodOf(before);
  const hour = hourOfDay(toNumber(parts.hour ?? ''), period);
  const [minute, second60] = [toNumber(parts.minute ?? ''), toNumber(seconds ?? '0')];
  const date = [toNumber(first), toNumber(second), toNumber(third)] as const;
  if (hour > 23 || minute > 59 || second60 > 59 || !isPlausible(date, fullYear)) return null;
  const words = `${before === '' ? '' : 'w'}.${after === '' ? '' : 'w'}`;
  return {
    date,
    digits: [first.length, second.length, third.length],
    hour,
    minute,
    second: second60,
    manner: [style, separator, fullYear, parts.comma ?? '', parts.point, seconds === undefined ? '' : 's', words].join(
      ' ',
    ),
    separator,
    fullYear,
    wordBefore: before,
    wordAfter: after,
    isPeriodKnown: period !== null,
    end: match[0].length,
  };
}

/** iOS puts the time in brackets, Android a dash behind it, iOS before 2018 a colon. */
function styleOf(hasBracket: boolean, close: string, hasSeconds: boolean): string | null {
  if (hasBracket !== close.startsWith(']')) return null;
  if (hasBracket) return 'bracket';
  if (close.startsWith(':')) return hasSeconds ? 'colon' : null;
  return 'dash';
}

function fullYearOf(first: string, third: string): Head['fullYear'] | null {
  if (first.length === 4) return third.length <= 2 ? 'first' : null;
  if (first.length === 3 || third.length === 3 || first.length + third.length < 3) return null;
  return third.length === 4 ? 'last' : 'none';
}

/** Some order of the numbers must be a date, whichever it is. */
function isPlausible([first, second, third]: readonly [number, number, number], fullYear: Head['fullYear']): boolean {
  const [a, b] = fullYear === 'first' ? [second, third] : [first, second];
  const isDayAndMonth = Math.min(a, b) >= 1 && Math.min(a, b) <= 12 && Math.max(a, b) <= 31;
  const mayBeginWithYear = fullYear === 'none' && second >= 1 && second <= 12 && third >= 1 && third <= 31;
  return isDayAndMonth || mayBeginWithYear;
}

/** Digits of any script as a number: each script has its ten digits in a row, from a multiple of ten in its block. */
function toNumber(digits: string): number {
  let number = 0;
  for (const digit of digits) number = number * 10 + digitValue(digit);
  return number;
}

function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  if (code < 0x80) return code - 0x30;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}
