/** A title that a conversation had, and the visit that replaced it. */
export interface FormerTitle {
  ordinal: number;
  visit: number;
}

/**
 * Which of a conversation's titles remain when only the exports of the visits `remaining` do: those during whose time one
 * of them came. `current`: the ordinal of the former title that takes the present one's place; null when that stays.
 */
export function keptTitles(
  former: readonly FormerTitle[],
  remaining: readonly number[],
): { current: number | null; dropped: number[] } {
  const inOrder = former.toSorted((a, b) => a.ordinal - b.ordinal);
  const held = inOrder.filter(({ visit }, index) => {
    const since = inOrder[index - 1]?.visit ?? 0;
    return remaining.some((one) => one >= since && one < visit);
  });
  const last = inOrder.at(-1);
  const presentStays = last === undefined || held.length === 0 || remaining.some((one) => one >= last.visit);
  const current = presentStays ? null : (held.at(-1)?.ordinal ?? null);
  const stays = new Set(held.map(({ ordinal }) => ordinal).filter((ordinal) => ordinal !== current));
  return {
    current,
    dropped: inOrder.map(({ ordinal }) => ordinal).filter((ordinal) => !stays.has(ordinal)),
  };
}
