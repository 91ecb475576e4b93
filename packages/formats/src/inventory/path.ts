/** A place in JSON: names of members, `*` for any member, `[]` for the elements of an array. */
export type Path = readonly string[];

/** Reads `a.*.b[].c`. A name with a dot in it cannot be written so; inventories give those as tokens. */
export function parsePath(text: string): Path {
  return text.split('.').flatMap((name) => {
    const bare = name.replace(/(\[\])+$/, '');
    const arrays = (name.length - bare.length) / 2;
    return [...(bare === '' ? [] : [bare]), ...Array.from({ length: arrays }, () => '[]')];
  });
}

/** Writes `a.*.b[].c`. */
export function formatPath(path: Path): string {
  return path.reduce((text, token) => (token === '[]' || text === '' ? `${text}${token}` : `${text}.${token}`), '');
}

/** All values at the path; `*` and `[]` look into every member and element. */
export function valuesAt(root: unknown, path: Path): unknown[] {
  return path.reduce<unknown[]>((values, token) => values.flatMap((value) => childrenOf(value, token)), [root]);
}

function childrenOf(value: unknown, token: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (token === '[]') return Array.isArray(value) ? value : [];
  if (token === '*') return Object.values(value);
  return Object.hasOwn(value, token) ? [(value as Record<string, unknown>)[token]] : [];
}

/**
 * A copy of `root` with `value` at the path. Absent objects and arrays are made. `choose` says which member stands for
 * `*` and which element for `[]`, given the path that leads there.
 */
export function withValue(
  root: unknown,
  path: Path,
  value: unknown,
  choose: (above: Path, token: '*' | '[]') => string,
  above: Path = [],
): unknown {
  const [token, ...rest] = path;
  if (token === undefined) return value;
  const key = token === '*' || token === '[]' ? choose(above, token) : token;
  const isArray = token === '[]';
  const copy = isArray ? [...(Array.isArray(root) ? root : [])] : { ...(isObject(root) ? root : {}) };
  const members = copy as Record<string, unknown>;
  members[key] = withValue(members[key], rest, value, choose, [...above, token]);
  return copy;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
