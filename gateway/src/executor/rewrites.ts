import type { FetchNodePathSegment, FetchRewrite } from '@graphql-hive/router-query-planner';
import { isObject, type JsonObject } from './json.ts';
import type { PossibleTypes } from './possible-types.ts';

/** Changes an object in place, as the planner wants it before it is sent or after it came. */
export type Rewrite = (value: JsonObject) => void;

export function compileRewrites(
  rewrites: readonly FetchRewrite[] | undefined,
  possible: PossibleTypes,
): Rewrite | undefined {
  if (!rewrites || rewrites.length === 0) return undefined;
  const compiled = rewrites.map((rewrite): Rewrite => {
    if ('KeyRenamer' in rewrite) {
      const { path, renameKeyTo } = rewrite.KeyRenamer;
      return (value) => change(value, path, 0, possible, (parent, key) => rename(parent, key, renameKeyTo));
    }
    const { path, setValueTo } = 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite;
    return (value) =>
      change(value, path, 0, possible, (parent, key) => {
        if (key in parent) parent[key] = setValueTo;
      });
  });
  return (value) => {
    for (const rewrite of compiled) rewrite(value);
  };
}

function rename(parent: JsonObject, from: string, to: string): void {
  if (from === to || !(from in parent)) return;
  parent[to] = parent[from];
  delete parent[from];
}

/** Calls back with each object that has the last key of the path. */
function change(
  value: unknown,
  path: readonly FetchNodePathSegment[],
  at: number,
  possible: PossibleTypes,
  apply: (parent: JsonObject, key: string) => void,
): void {
  if (Array.isArray(value)) {
    for (const item of value) change(item, path, at, possible, apply);
    return;
  }
  const segment = path[at];
  if (!isObject(value) || segment === undefined) return;
  if ('Key' in segment) {
    if (at === path.length - 1) apply(value, segment.Key);
    else change(value[segment.Key], path, at + 1, possible, apply);
    return;
  }
  const typename = value.__typename;
  const passes =
    typeof typename !== 'string' || segment.TypenameEquals.some((condition) => possible.satisfies(typename, condition));
  if (passes) change(value, path, at + 1, possible, apply);
}
