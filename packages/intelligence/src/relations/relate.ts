import type { RelationType } from '@colloquy/domain';
import type { FoundRelation, RelatableItem } from '../model.ts';
import { Dialogue, TermIndex, VectorBlock } from './candidates.ts';
import { DIALOGUE_REACH, dependsOn } from './depends-on.ts';
import { evolvesTo } from './evolves-to.ts';
import { mostPromising } from './most-promising.ts';
import { inNaturalOrder } from './natural-order.ts';
import { type Pair, type Proposal, pairOf } from './pair.ts';
import { type Prepared, prepare } from './prepared.ts';
import { withoutShortcuts } from './reduce.ts';
import { relatesTo } from './relates-to.ts';
import { type Cap, compareProposals, Strongest } from './strongest.ts';

/** Bounds for one item, per type. */
export const RELATION_CAPS: Record<RelationType, Cap> = {
  DEPENDS_ON: { outgoing: 3, incoming: 8 },
  EVOLVES_TO: { outgoing: 2, incoming: 2 },
  RELATES_TO: { outgoing: 8, incoming: 8, together: true },
};

/** What a pair may be: one needs the other, or grew out of it (not both); and similar, for want of anything more. */
function proposalsFor(pair: Pair): (Proposal | null)[] {
  return [dependsOn(pair) ?? evolvesTo(pair), relatesTo(pair)];
}

/** Below this cosine no rule but a stated dependency can hold. */
const FAR = 0.4;

function pairKey({ source, target }: Proposal): string {
  return source.rank < target.rank ? `${source.rank} ${target.rank}` : `${target.rank} ${source.rank}`;
}

/** The relations that stay: within the caps, and RELATES_TO only where nothing more telling connects the pair. */
function settle(strongest: Record<RelationType, Strongest>): Proposal[] {
  const telling = [...strongest.DEPENDS_ON.kept(), ...withoutShortcuts([...strongest.EVOLVES_TO.kept()])];
  const told = new Set(telling.map(pairKey));
  const similar = [...strongest.RELATES_TO.kept()].filter((proposal) => !told.has(pairKey(proposal)));
  return [...telling, ...similar].sort(
    (a, b) => a.source.rank - b.source.rank || a.target.rank - b.target.rank || compareProposals(a, b),
  );
}

function toRelation({ source, target, type, strength, confidence, explain }: Proposal): FoundRelation {
  return { sourceId: source.item.id, targetId: target.item.id, type, strength, confidence, ...explain() };
}

/** Whether a dependency could hold though the two are far apart: one states its needs, or they stand close together. */
function mayDepend(a: Prepared, b: Prepared): boolean {
  if (a.dependencies.length > 0 || b.dependencies.length > 0) return true;
  return a.item.conversationId === b.item.conversationId && Math.abs(a.item.order - b.item.order) <= DIALOGUE_REACH;
}

/**
 * Visits pairs with a new item in them, each once: those that share a topic word, and those that stand close together;
 * of too many, the most promising.
 */
function eachCandidate(items: readonly Prepared[], visit: (row: number, other: number, shared: number) => void): void {
  const index = new TermIndex(items);
  const dialogue = new Dialogue(items);
  for (const [row, item] of items.entries()) {
    if (!item.fresh) continue;
    const shared = index.sharedCounts(item.terms.keys());
    // Twice the words in common, so that standing close by weighs less than a word and more than nothing.
    const scores = shared.map((count) => 2 * count);
    for (const other of dialogue.near(item, DIALOGUE_REACH)) scores[other] = (scores[other] ?? 0) + 1;
    scores[row] = 0;
    for (let later = row + 1; later < items.length; later += 1) if (items[later]?.fresh) scores[later] = 0;
    for (const other of mostPromising(row, scores)) visit(row, other, shared[other] ?? 0);
  }
}

/**
 * The relations between a new item and any other, new or known. What holds for a pair depends on that pair alone; which
 * of an item's relations stay depends on the set of items. Neither the input's order nor any id has an influence.
 *
 * @throws RangeError when vectors differ in length
 */
export function relateItems(input: {
  fresh: readonly RelatableItem[];
  known: readonly RelatableItem[];
}): FoundRelation[] {
  const freshIds = new Set(input.fresh.map(({ id }) => id));
  const known = input.known.filter(({ id }) => !freshIds.has(id));
  const items = inNaturalOrder([...input.fresh, ...known]).map((item, rank) =>
    prepare(item, rank, freshIds.has(item.id)),
  );
  const vectors = new VectorBlock(items);
  const strongest: Record<RelationType, Strongest> = {
    DEPENDS_ON: new Strongest(RELATION_CAPS.DEPENDS_ON),
    EVOLVES_TO: new Strongest(RELATION_CAPS.EVOLVES_TO),
    RELATES_TO: new Strongest(RELATION_CAPS.RELATES_TO),
  };
  eachCandidate(items, (row, otherRow, shared) => {
    const [item, other] = [items[row], items[otherRow]];
    if (!item || !other) return;
    const cosine = vectors.cosine(row, otherRow);
    if (cosine < FAR && !mayDepend(item, other)) return;
    const pair = pairOf(item, other, cosine, shared);
    for (const proposal of proposalsFor(pair)) if (proposal) strongest[proposal.type].offer(proposal);
  });
  return settle(strongest).map(toRelation);
}
