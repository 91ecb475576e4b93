import type { Proposal } from './pair.ts';

/**
 * Leaves out a step A -> C where A -> B and B -> C tell the same in two: what remains reads as a timeline. Steps lead
 * from earlier to later items, so there is no cycle and the result is unique.
 */
export function withoutShortcuts(steps: readonly Proposal[]): Proposal[] {
  const next = new Map<number, Set<number>>();
  for (const { source, target } of steps) {
    const targets = next.get(source.rank);
    if (targets) targets.add(target.rank);
    else next.set(source.rank, new Set([target.rank]));
  }
  return steps.filter(({ source, target }) => {
    for (const between of next.get(source.rank) ?? []) if (next.get(between)?.has(target.rank)) return false;
    return true;
  });
}
