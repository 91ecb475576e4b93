import { splitSpeech } from './author.ts';
import { type DateOrder, DateOrderSurvey } from './date-order.ts';
import { type Head, parseHead } from './head.ts';

/** How one export writes its heads, found out from all of its lines. */
export interface Dialect {
  manner: string;
  dateOrder: DateOrder;
  /** False when the file fits another order of day and month as well. */
  isDateOrderCertain: boolean;
  /** False when words beside the times differ and are in no known language: they may tell morning from evening. */
  isClockKnown: boolean;
  heads: number;
  /** Heads followed by a name. */
  spoken: number;
  /** Lines that are not empty. */
  lines: number;
  beginsWithHead: boolean;
  /** Distinct names, at most `MAX_NAMES` of them. */
  names: ReadonlySet<string>;
}

/** Heads of one manner. */
interface Manner {
  heads: number;
  spoken: number;
  dates: DateOrderSurvey;
  unknownWords: Set<string>;
  hasKnownPeriod: boolean;
  names: Set<string>;
}

const MAX_NAMES = 2000;
const MAX_WORDS = 8;

/** Looks at the lines of a file one by one. Several manners can occur when people quote other chats; the commonest is the export's own. */
export class DialectSurvey {
  readonly #manners = new Map<string, Manner>();
  #lines = 0;
  #firstManner: string | null = null;

  add(line: string): void {
    if (line.trim() === '') return;
    this.#lines++;
    const head = parseHead(line);
    if (head === null) return;
    if (this.#lines === 1) this.#firstManner = head.manner;
    const manner = this.#manners.get(head.manner) ?? {
      heads: 0,
      spoken: 0,
      dates: new DateOrderSurvey(),
      unknownWords: new Set(),
      hasKnownPeriod: false,
      names: new Set(),
    };
    this.#manners.set(head.manner, manner);
    count(manner, head, splitSpeech(line.slice(head.end)).author);
  }

  /** Null when no line has a head with a possible date. */
  decide(): Dialect | null {
    const [best] = [...this.#manners].toSorted(([, a], [, b]) => b.spoken - a.spoken || b.heads - a.heads);
    if (!best) return null;
    const [manner, { heads, spoken, dates, unknownWords, hasKnownPeriod, names }] = best;
    const { order, certain, isPossible } = dates.decide();
    if (!isPossible(heads)) return null;
    return {
      manner,
      dateOrder: order,
      isDateOrderCertain: certain,
      isClockKnown: unknownWords.size === 0 || (unknownWords.size === 1 && !hasKnownPeriod),
      heads,
      spoken,
      lines: this.#lines,
      beginsWithHead: this.#firstManner === manner,
      names,
    };
  }
}

function count(manner: Manner, head: Head, author: string | null): void {
  manner.heads++;
  manner.dates.add(head);
  manner.hasKnownPeriod ||= head.isPeriodKnown;
  const words = `${head.wordBefore} ${head.wordAfter}`;
  if (words !== ' ' && !head.isPeriodKnown && manner.unknownWords.size < MAX_WORDS) manner.unknownWords.add(words);
  if (author === null) return;
  manner.spoken++;
  if (manner.names.size < MAX_NAMES) manner.names.add(author);
}
