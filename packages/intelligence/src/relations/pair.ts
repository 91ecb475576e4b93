import type { RelationType } from '@colloquy/domain';
import type { Prepared } from './prepared.ts';

/** Two items as the rules see them. `earlier` was said first, as far as that is known. */
export interface Pair {
  earlier: Prepared;
  later: Prepared;
  sameConversation: boolean;
  /** Whether it is known which was said first. */
  ordered: boolean;
  /** Hours from the earlier to the later one; null when a time is unknown. */
  gapHours: number | null;
  /** Cosine of the two vectors, 0..1. */
  cosine: number;
  /** How many topic words both use. */
  sharedCount: number;
  /** Shared terms over the geometric mean of both term counts, 0..1. */
  overlap: number;
}

/** A relation that a rule proposes for a pair, before the caps. */
export interface Proposal {
  type: RelationType;
  source: Prepared;
  target: Prepared;
  strength: number;
  confidence: number;
  /** Told only of relations that stay: most do not. */
  explain(): { reason: string; metadata: Record<string, unknown> };
}

const HOUR = 3_600_000;
const MAX_NAMED = 3;

function isEarlier(a: Prepared, b: Prepared, sameConversation: boolean): boolean {
  if (sameConversation && a.item.order !== b.item.order) return a.item.order < b.item.order;
  if (a.time !== null && b.time !== null && a.time !== b.time) return a.time < b.time;
  return a.rank < b.rank;
}

/** Describes a pair of which vectors' cosine and the number of shared terms are known. */
export function pairOf(a: Prepared, b: Prepared, cosine: number, sharedCount: number): Pair {
  const sameConversation = a.item.conversationId === b.item.conversationId;
  const [earlier, later] = isEarlier(a, b, sameConversation) ? [a, b] : [b, a];
  const timed = earlier.time !== null && later.time !== null;
  const gap = timed ? (later.time ?? 0) - (earlier.time ?? 0) : null;
  return {
    earlier,
    later,
    sameConversation,
    ordered: (sameConversation && earlier.item.order !== later.item.order) || (gap !== null && gap > 0),
    gapHours: gap === null ? null : Math.round((Math.max(0, gap) / HOUR) * 100) / 100,
    cosine: Math.min(1, Math.max(0, cosine)),
    sharedCount,
    overlap: sharedCount / Math.sqrt(Math.max(1, a.terms.size * b.terms.size)),
  };
}

/** Topical closeness, 0..1: mostly what the vectors say, partly the words in common. */
export function closeness({ cosine, overlap }: Pair): number {
  return 0.7 * cosine + 0.3 * Math.min(1, 1.4 * overlap);
}

/** Words that both use, as the earlier one writes them. */
export function sharedWords({ earlier, later }: Pair): string[] {
  const shared: string[] = [];
  for (const [term, word] of earlier.terms) if (later.terms.has(term)) shared.push(word);
  return shared;
}

/** `"redis", "stream" and "cursor"`: the most telling (longest) common words, in the order they appear. */
export function named(shared: readonly string[]): string {
  const telling = [...shared].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, MAX_NAMED);
  const words = shared.filter((word) => telling.includes(word)).map((word) => `"${word}"`);
  const last = words.pop() ?? '';
  return words.length > 0 ? `${words.join(', ')} and ${last}` : last;
}
