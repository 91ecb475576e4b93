import type { RelatableItem } from '../model.ts';
import { keyTerms } from '../text/terms.ts';
import { type Change, changeIn } from './change-words.ts';
import { type Dependency, dependenciesIn } from './dependency-phrases.ts';

/** An item with what the pair rules read, computed once. */
export interface Prepared {
  item: RelatableItem;
  /** Position in the natural order of all items of the call. */
  rank: number;
  fresh: boolean;
  /** Topic stems of title and content, each with the word as written. */
  terms: ReadonlyMap<string, string>;
  dependencies: readonly Dependency[];
  change: Change | null;
  /** Milliseconds since the epoch; null when unknown. */
  time: number | null;
}

export function prepare(item: RelatableItem, rank: number, fresh: boolean): Prepared {
  const time = item.occurredAt?.getTime() ?? null;
  return {
    item,
    rank,
    fresh,
    terms: keyTerms(`${item.title} ${item.content} ${item.tags.join(' ')}`),
    dependencies: dependenciesIn(item.content),
    change: changeIn(item.content),
    time: time === null || Number.isNaN(time) ? null : time,
  };
}
