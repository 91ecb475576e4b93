import { monthOf } from './month-names.ts';
import { isZone, offsetOf } from './time-zones.ts';

/** A time as the HTML export writes it, in the language and zone of the account. */
export interface LocalTime {
  /** To the second; read as UTC when the zone is not known. */
  time: Date;
  /** Empty when the time names none. */
  zone: string;
  zoneIsKnown: boolean;
}

const MAX_LENGTH = 80;
const OFFSET = /(?<!\p{L})(?:GMT|UTC)\s*[+\-\u2212\u2013]\s*\d{1,2}(?:[:.]?\d{2})?/u;
const CLOCK = /(?<![\d:.])(\d{1,2})([:.])(\d{2})\2(\d{2})(?![\d:.])/;
/** As in Korean and in the French of Canada. */
const CLOCK_IN_WORDS =
  /(?<!\d)(\d{1,2})\s?(h|시|时|時)\s?(\d{1,2})\s?(?:min|분|分)\s?(\d{1,2})\s?(?:s|초|秒)(?!\p{L})/u;
const AFTERNOON = /(?<!\p{L})(?:p\.?\s?m\.?|μ\.?\s?μ\.?)(?!\p{L})|午後|下午|晚上|오후/iu;
const MORNING = /(?<!\p{L})(?:a\.?\s?m\.?|π\.?\s?μ\.?)(?!\p{L})|午前|上午|凌晨|早上|오전/iu;
const ABBREVIATIONS = /(?<!\p{L})\p{Lu}{1,5}(?!\p{L})/gu;
const UNKNOWN_ZONE = /(?<!\p{L})(\p{Lu}{2,5})[^\p{L}\p{N}]*$/u;
const YEAR_FIRST = /(?<!\d)(\d{4})\s*[年년./-]\s*(\d{1,2})\s*[月월./-]\s*(\d{1,2})(?!\d)/u;
const DAY_FIRST = /(?<!\d)(\d{1,2})\s*(?:[./-]|thg)\s*(\d{1,2})\s*[,./-]\s*(\d{4})(?!\d)/;
/** Words that stand between the parts of a date. */
const CONNECTORS: ReadonlySet<string> = new Set([
  'a',
  'at',
  'às',
  'à',
  'd',
  'de',
  'del',
  'di',
  'kl',
  'klo',
  'la',
  'om',
  'um',
  'г',
  'р',
  '日',
  '일',
]);

interface Day {
  year: number;
  month: number;
  day: number;
}

/** Reads a line that is a date with a time to the second, and nothing else; null when it is none. */
export function parseLocalTime(line: string): LocalTime | null {
  const text = line.replace(/[\s\u200e\u200f]+/gu, ' ').trim();
  if (text.length > MAX_LENGTH) return null;
  const rest = new Remainder(text);
  const offset = rest.take(OFFSET);
  const clock = rest.take(CLOCK) ?? rest.take(CLOCK_IN_WORDS);
  if (clock === null) return null;
  const isAfternoon = rest.take(AFTERNOON) !== null;
  const isMorning = rest.take(MORNING) !== null;
  const zone = offset?.[0] ?? rest.takeZone();
  const day = numericDay(rest.text) ?? namedDay(rest.text);
  if (day === null) return null;
  const hour = hourOf(Number(clock[1]), isAfternoon, isMorning);
  const milliseconds = utc(day, hour, Number(clock[3]), Number(clock[4]));
  if (milliseconds === null) return null;
  const minutes = offsetOf(zone, text.includes('年'));
  return { time: new Date(milliseconds - (minutes ?? 0) * 60_000), zone, zoneIsKnown: minutes !== null };
}

/** What is left of a line when parts of it have been understood. */
class Remainder {
  text: string;

  constructor(text: string) {
    this.text = text;
  }

  take(pattern: RegExp): RegExpExecArray | null {
    const found = pattern.exec(this.text);
    if (found) this.#cut(found.index, found[0]);
    return found;
  }

  takeZone(): string {
    for (const found of this.text.matchAll(ABBREVIATIONS)) {
      if (!isZone(found[0])) continue;
      this.#cut(found.index, found[0]);
      return found[0];
    }
    return this.take(UNKNOWN_ZONE)?.[1] ?? '';
  }

  #cut(start: number, part: string): void {
    this.text = `${this.text.slice(0, start)} ; ${this.text.slice(start + part.length)}`;
  }
}

function hourOf(hour: number, isAfternoon: boolean, isMorning: boolean): number {
  if (isAfternoon && hour < 12) return hour + 12;
  return isMorning && hour === 12 ? 0 : hour;
}

/** Languages that write months as numbers put the year first, or the day. */
function numericDay(text: string): Day | null {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst && isRest(text.replace(yearFirst[0], ' '))) {
    return { year: Number(yearFirst[1]), month: Number(yearFirst[2]), day: Number(yearFirst[3]) };
  }
  const dayFirst = DAY_FIRST.exec(text);
  if (!dayFirst || !isRest(text.replace(dayFirst[0], ' '))) return null;
  return { year: Number(dayFirst[3]), month: Number(dayFirst[2]), day: Number(dayFirst[1]) };
}

function namedDay(text: string): Day | null {
  const words = wordsOf(text);
  const numbers = words.filter((word) => /^\d+$/.test(word));
  const year = numbers.find((number) => number.length === 4);
  const day = numbers.find((number) => number.length <= 2);
  const [name, ...others] = words.filter((word) => !/^\d+$/.test(word) && !isConnector(word));
  const month = name === undefined ? null : monthOf(name);
  if (month === null || others.length > 0 || numbers.length !== 2 || !year || !day) return null;
  return { year: Number(year), month, day: Number(day) };
}

function isRest(text: string): boolean {
  return wordsOf(text).every(isConnector);
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}]+|\d+/gu) ?? [];
}

function isConnector(word: string): boolean {
  return CONNECTORS.has(word.toLowerCase());
}

function utc({ year, month, day }: Day, hour: number, minute: number, second: number): number | null {
  const milliseconds = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(milliseconds);
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isDay && hour < 24 && minute < 60 && second < 60 && milliseconds >= 0 ? milliseconds : null;
}
