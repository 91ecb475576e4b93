/** No item is compared with more others than this: what shares fewer words, or is further in time, is left out. */
const MAX_CANDIDATES = 200;

/** The count that the last of the first `limit` rows has, the highest counts first; 0 when there are fewer rows. */
function cutOff(counts: readonly number[], limit: number): { count: number; above: number } {
  let above = 0;
  for (let count = counts.length - 1; count > 0; count -= 1) {
    const equal = counts[count] ?? 0;
    if (above + equal > limit) return { count, above };
    above += equal;
  }
  return { count: 0, above };
}

/**
 * Of the rows to compare with a given one, those that share most words with it; of equals, those nearest in order. All
 * of them when they are not too many. Bounds the work when thousands of items say the same.
 *
 * @param scores how much each row shares; 0: not to be compared
 */
export function mostPromising(row: number, scores: Uint16Array): number[] {
  const counts: number[] = [];
  for (const score of scores) counts[score] = (counts[score] ?? 0) + 1;
  const { count: cut, above } = cutOff(counts, MAX_CANDIDATES);
  const chosen: number[] = [];
  for (const [other, score] of scores.entries()) if (score > cut) chosen.push(other);
  if (cut === 0) return chosen;
  let free = MAX_CANDIDATES - above;
  for (let distance = 1; free > 0 && distance < scores.length; distance += 1)
    for (const other of [row - distance, row + distance])
      if (free > 0 && scores[other] === cut) {
        chosen.push(other);
        free -= 1;
      }
  return chosen;
}
