/** A text of a message, by number, and the visit that brought it. */
export interface TextRevision {
  revision: number;
  visit: number;
}

/** What is known of a message's texts when an export is taken away. */
export interface RevisedMessage {
  current: TextRevision;
  former: readonly TextRevision[];
  /** Visits whose export held the conversation and not the message. */
  absences: readonly number[];
}

export interface KeptTexts {
  /** Number of the text that the message has from now on. */
  current: number;
  /** Texts that go. */
  dropped: number[];
  /** Texts that stay, and which visit counts as theirs from now on. */
  visits: { revision: number; visit: number }[];
}

/**
 * Which texts of a message remain when only the exports of the visits `remaining` do. A text stays when a remaining export
 * brought it, or held it unchanged: one that came later, held the message, and brought no other text. Where that leaves
 * none, the present one stays, since the message does.
 */
export function keptTexts({ current, former, absences }: RevisedMessage, remaining: readonly number[]): KeptTexts {
  const holding = remaining.filter((visit) => !absences.includes(visit)).sort((a, b) => a - b);
  const all = [...former, current];
  const holderOf = (text: TextRevision): number | undefined => {
    if (holding.includes(text.visit)) return text.visit;
    return holding.find((visit) => {
      if (visit < text.visit) return false;
      // Later exports that changed nothing held the present text; a former one was held until the next text came. One
      // that came when another was the present one already, from an older export or out of a history, was never held again.
      const others = all.filter((other) => other !== text);
      if (text === current) return !others.some((other) => other.visit === visit);
      if (others.some((other) => other.visit === text.visit && other.revision > text.revision)) return false;
      const next = Math.min(...others.map((other) => other.visit).filter((later) => later > text.visit));
      return Number.isFinite(next) && visit < next;
    });
  };
  const held = all.flatMap((text) => {
    const visit = holderOf(text);
    return visit === undefined ? [] : [{ revision: text.revision, visit }];
  });
  const [only] = holding;
  const visits = held.length > 0 ? held : [{ revision: current.revision, visit: only ?? current.visit }];
  const stays = new Set(visits.map(({ revision }) => revision));
  return {
    current: stays.has(current.revision) ? current.revision : Math.max(...stays),
    dropped: all.map(({ revision }) => revision).filter((revision) => !stays.has(revision)),
    visits,
  };
}
