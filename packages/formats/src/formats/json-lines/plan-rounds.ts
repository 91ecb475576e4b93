import type { SessionEntry } from './session-index.ts';

/**
 * Distributes sessions over readings of the archive, so that those that lie across each other, and are therefore held at
 * the same time, never have more than `budget` bytes together. One reading is enough unless large sessions are mixed.
 * Each session must fit into the budget alone.
 */
export function planRounds(sessions: Iterable<SessionEntry>, budget: number): SessionEntry[][] {
  const rounds: SessionEntry[][] = [];
  let waiting = [...sessions].sort((a, b) => a.first - b.first);
  while (waiting.length > 0) {
    const { taken, left } = planRound(waiting, budget);
    rounds.push(taken);
    waiting = left;
  }
  return rounds;
}

function planRound(waiting: readonly SessionEntry[], budget: number) {
  const ending = waiting.toSorted((a, b) => a.last - b.last);
  const open = new Set<SessionEntry>();
  const [taken, left]: [SessionEntry[], SessionEntry[]] = [[], []];
  let held = 0;
  let ended = 0;
  for (const session of waiting) {
    for (let next = ending[ended]; next && next.last < session.first; next = ending[++ended]) {
      if (open.delete(next)) held -= next.bytes;
    }
    if (held + session.bytes > budget) {
      left.push(session);
      continue;
    }
    taken.push(session);
    open.add(session);
    held += session.bytes;
  }
  return { taken, left };
}
