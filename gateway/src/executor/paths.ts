import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner';
import { isObject, type JsonObject } from './json.ts';
import type { PossibleTypes } from './possible-types.ts';

export type ResponsePath = readonly (string | number)[];

/** Where in the answer the objects are that a fetch completes. */
export interface TargetPath {
  /** The objects there now. */
  collect(root: JsonObject, found: JsonObject[]): void;
  /** The same objects in the same order, each with its place in the answer. */
  locate(root: JsonObject): { target: JsonObject; path: ResponsePath }[];
  /** The fields down to the first list: the place of a failure that concerns all of them. */
  readonly head: readonly string[];
}

type Visit = (target: JsonObject) => void;
type Segment = { field: string } | { types: readonly string[] } | 'list';

export function compilePath(given: readonly FlattenNodePathSegment[], possible: PossibleTypes): TargetPath {
  const segments = given.map((segment): Segment => {
    if (segment === '@') return 'list';
    return 'Field' in segment ? { field: segment.Field } : { types: segment.TypeCondition };
  });
  const end = segments.length;

  /** `path` is kept only when it is wanted, since most fetches have no error to place. */
  function walk(value: unknown, at: number, visit: Visit, path: (string | number)[] | undefined): void {
    if (typeof value !== 'object' || value === null) return;
    const segment = segments[at];
    if (Array.isArray(value)) {
      const next = segment === 'list' ? at + 1 : at;
      for (let index = 0; index < value.length; index++) {
        path?.push(index);
        walk(value[index], next, visit, path);
        path?.pop();
      }
    } else if (at === end) {
      visit(value as JsonObject);
    } else if (segment !== undefined && segment !== 'list') {
      step(value as JsonObject, segment, at, visit, path);
    }
  }

  function step(
    value: JsonObject,
    segment: Exclude<Segment, 'list'>,
    at: number,
    visit: Visit,
    path: (string | number)[] | undefined,
  ): void {
    if ('field' in segment) {
      path?.push(segment.field);
      walk(value[segment.field], at + 1, visit, path);
      path?.pop();
      return;
    }
    const typename = value.__typename;
    const passes =
      typeof typename !== 'string' || segment.types.some((condition) => possible.satisfies(typename, condition));
    if (passes) walk(value, at + 1, visit, path);
  }

  const head: string[] = [];
  for (const segment of segments) {
    if (segment === 'list') break;
    if ('field' in segment) head.push(segment.field);
  }

  return {
    head,
    collect: (root, found) => walk(root, 0, (target) => found.push(target), undefined),
    locate(root) {
      const places: { target: JsonObject; path: ResponsePath }[] = [];
      const path: (string | number)[] = [];
      walk(root, 0, (target) => places.push({ target, path: [...path] }), path);
      return places;
    },
  };
}

/** The value at a place of the answer, or undefined. */
export function valueAt(root: unknown, path: ResponsePath): unknown {
  let value = root;
  for (const key of path) {
    if (Array.isArray(value)) value = value[key as number];
    else if (isObject(value)) value = value[key];
    else return undefined;
  }
  return value;
}
