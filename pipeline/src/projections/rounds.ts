/** Works in rounds until one finds nothing more to do, or the time is up. Gives what all rounds did together. */
export async function inRounds(
  milliseconds: number,
  signal: AbortSignal,
  round: () => Promise<number>,
): Promise<number> {
  const until = Date.now() + milliseconds;
  let all = 0;
  while (Date.now() < until && !signal.aborted) {
    const did = await round();
    if (did === 0) break;
    all += did;
  }
  return all;
}
