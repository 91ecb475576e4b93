import { type MatchedChunk, rankOwners } from './ranking.ts';

/** How many of the best chunks a search ranks at most. */
export const WINDOW = 1_000;
/** How many it ranks for the first pages, which is all that most readers look at: a fifth of the time. */
export const FIRST_WINDOW = 100;

export interface RankedWindow {
  /** Best first. More than `wanted` of them, unless there are no more. */
  readonly owners: readonly MatchedChunk[];
  /** Whether these are all owners that match. */
  readonly complete: boolean;
}

/**
 * The ranked list that every page of a search is cut from: the owners of the 100 best chunks, and behind them, only when
 * a page reaches that far, the other owners of the 1,000 best. The first part never depends on the second (fused scores
 * do depend on how many chunks are fused), so that pages join without gap or overlap.
 */
export async function rankWindow(
  match: (limit: number) => Promise<readonly MatchedChunk[]>,
  wanted: number,
): Promise<RankedWindow> {
  const best = await match(FIRST_WINDOW);
  const first = rankOwners(best);
  const complete = best.length < FIRST_WINDOW;
  if (complete || first.length > wanted) return { owners: first, complete };

  const known = new Set(first.map(({ ownerId }) => ownerId));
  const lowest = first.at(-1)?.score ?? 1;
  const wide = await match(WINDOW);
  const rest = rankOwners(wide.filter(({ ownerId }) => !known.has(ownerId)));
  const behind = rest.map((owner) => ({ ...owner, score: Math.min(owner.score, lowest) }));
  return { owners: [...first, ...behind], complete: wide.length < WINDOW };
}
