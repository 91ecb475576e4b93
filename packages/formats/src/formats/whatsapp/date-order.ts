import type { Head } from './head.ts';

export type DateOrder = 'DMY' | 'MDY' | 'YMD';

/** How well an order of day, month and year fits the heads so far. */
interface Candidate {
  order: DateOrder;
  /** Heads whose date does not exist in this order. */
  impossible: number;
  /** Those, heads older than WhatsApp, and heads that lie before the one above them: a chat is written from old to new. */
  faults: number;
  latest: number;
}

const BUDDHIST_ERA = 543;
const FIRST_CHATS = Date.UTC(2009, 0, 1);

/** The wall-clock time of a head as milliseconds, as if it were UTC; null when there is no such date. */
export function wallClock(head: Head, order: DateOrder): number | null {
  const { hour, minute, second } = head;
  const day = dayOf(head, order);
  return day === null ? null : day + ((hour * 60 + minute) * 60 + second) * 1000;
}

function dayOf({ date: [first, second, third], digits }: Head, order: DateOrder): number | null {
  if (digits[order === 'YMD' ? 0 : 2] === 1) return null;
  const [year, month, day] =
    order === 'YMD' ? [first, second, third] : order === 'DMY' ? [third, second, first] : [third, first, second];
  const gregorian = year < 100 ? year + 2000 : year > 2400 ? year - BUDDHIST_ERA : year;
  const time = Date.UTC(gregorian, month - 1, day);
  const exists = new Date(time).getUTCMonth() === month - 1 && new Date(time).getUTCDate() === day;
  return exists && gregorian >= 1970 && gregorian < 2200 ? time : null;
}

/** Decides the order of day and month from all heads of a file: no single line can. */
export class DateOrderSurvey {
  #candidates: Candidate[] | null = null;
  #preference: readonly DateOrder[] = ['DMY', 'MDY', 'YMD'];

  add(head: Head): void {
    this.#candidates ??= ordersFor(head).map((order) => ({
      order,
      impossible: 0,
      faults: 0,
      latest: Number.NEGATIVE_INFINITY,
    }));
    this.#preference = preferenceOf(head) ?? this.#preference;
    for (const candidate of this.#candidates) {
      const time = wallClock(head, candidate.order);
      if (time === null) candidate.impossible++;
      if (time === null || time < candidate.latest || time < FIRST_CHATS) candidate.faults++;
      candidate.latest = time ?? candidate.latest;
    }
  }

  /** The order that fits best; `certain` tells whether the file itself rules out the others. */
  decide(): { order: DateOrder; certain: boolean; isPossible: (heads: number) => boolean } {
    const ranked = (this.#candidates ?? []).toSorted(
      (a, b) => a.faults - b.faults || this.#preference.indexOf(a.order) - this.#preference.indexOf(b.order),
    );
    const [best, next] = ranked;
    const certain = !next || best?.faults !== next.faults;
    return {
      order: best?.order ?? 'DMY',
      certain,
      isPossible: (heads) => (best?.impossible ?? heads) < heads,
    };
  }
}

/** What the rest of the head gives away, should the numbers of the whole file leave the order open. */
function preferenceOf({ separator, digits, wordBefore, wordAfter }: Head): readonly DateOrder[] | null {
  if (/[\p{Script=Hangul}\p{Script=Han}]/u.test(wordBefore)) return ['YMD', 'DMY', 'MDY'];
  // As in the United States: 1/4/23, 7:02 PM. Elsewhere in English numbers are padded, or PM is written otherwise.
  const isAmerican = separator === '/' && digits.includes(1) && /^[AP]M$/.test(wordAfter);
  return isAmerican ? ['MDY', 'DMY', 'YMD'] : null;
}

function ordersFor({ fullYear }: Head): DateOrder[] {
  if (fullYear === 'first') return ['YMD'];
  return fullYear === 'last' ? ['DMY', 'MDY'] : ['DMY', 'MDY', 'YMD'];
}
