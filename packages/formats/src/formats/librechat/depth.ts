/** Whether arrays and objects are nested in a JSON value in more than `limit` levels; never recurses. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  let level = containersIn([value]);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = containersIn(level.flatMap((container) => Object.values(container)));
  }
  return false;
}

function containersIn(values: readonly unknown[]): object[] {
  return values.filter((value): value is object => typeof value === 'object' && value !== null);
}
