import type { Proposal } from './pair.ts';

/** How many relations of one type an item may have towards others and from others. */
export interface Cap {
  outgoing: number;
  incoming: number;
  /** Count both directions together (a symmetric relation). */
  together?: boolean;
}

function gap({ source, target }: Proposal): number {
  return source.time === null || target.time === null ? Number.MAX_VALUE : Math.abs(source.time - target.time);
}

/** The stronger first; then the nearer in time; then the earlier in natural order. Never by id or input order. */
export function compareProposals(a: Proposal, b: Proposal): number {
  return (
    b.strength - a.strength ||
    b.confidence - a.confidence ||
    gap(a) - gap(b) ||
    a.source.rank - b.source.rank ||
    a.target.rank - b.target.rank
  );
}

/** Puts a proposal at its place in an item's list, strongest first, and lets the weakest beyond the limit go. */
function insert(lists: Map<number, Proposal[]>, rank: number, proposal: Proposal, limit: number): void {
  const list = lists.get(rank);
  if (!list) {
    lists.set(rank, [proposal]);
    return;
  }
  const worst = list[list.length - 1];
  if (list.length >= limit && worst && compareProposals(worst, proposal) <= 0) return;
  let at = list.length;
  while (at > 0 && compareProposals(proposal, list[at - 1] ?? proposal) < 0) at -= 1;
  list.splice(at, 0, proposal);
  if (list.length > limit) list.pop();
}

/** Keeps, for each item, its strongest relations; one stays when it is among the strongest of both its items. */
export class Strongest {
  readonly #cap: Cap;
  readonly #outgoing = new Map<number, Proposal[]>();
  readonly #incoming: Map<number, Proposal[]>;

  constructor(cap: Cap) {
    this.#cap = cap;
    this.#incoming = cap.together ? this.#outgoing : new Map();
  }

  offer(proposal: Proposal): void {
    insert(this.#outgoing, proposal.source.rank, proposal, this.#cap.outgoing);
    insert(this.#incoming, proposal.target.rank, proposal, this.#cap.incoming);
  }

  /** What both ends kept. */
  *kept(): Generator<Proposal> {
    const once = new Set<Proposal>();
    for (const lists of new Set([this.#outgoing, this.#incoming]))
      for (const list of lists.values())
        for (const proposal of list) {
          if (once.has(proposal)) yield proposal;
          else once.add(proposal);
        }
  }
}
