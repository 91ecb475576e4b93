import type { ExtractedItem } from '../model.ts';
import { keyTerms } from '../text/terms.ts';

/** Share of common terms from which two items of one type in one conversation say the same. */
const SAME = 0.8;

function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const term of a) if (b.has(term)) shared += 1;
  const union = a.size + b.size - shared;
  return union === 0 ? 1 : shared / union;
}

/** Keeps the surest of near-identical items (the earliest of equally sure ones), in the given order. */
export function withoutDuplicates(items: readonly ExtractedItem[]): ExtractedItem[] {
  const kept: { item: ExtractedItem; terms: Set<string>; at: number }[] = [];
  const bySurety = items
    .map((item, at) => ({ item, at }))
    .sort((a, b) => b.item.confidence - a.item.confidence || a.at - b.at);
  const byTerm = new Map<string, typeof kept>();
  for (const { item, at } of bySurety) {
    const terms = new Set(keyTerms(item.content).keys());
    const rivals = new Set([...terms].flatMap((term) => byTerm.get(`${item.type} ${term}`) ?? []));
    if ([...rivals].some((other) => similarity(other.terms, terms) >= SAME)) continue;
    const entry = { item, terms, at };
    kept.push(entry);
    for (const term of terms) {
      const key = `${item.type} ${term}`;
      const list = byTerm.get(key);
      if (list) list.push(entry);
      else byTerm.set(key, [entry]);
    }
  }
  return kept.sort((a, b) => a.at - b.at).map(({ item }) => item);
}
