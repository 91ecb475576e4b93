import { cloneJson, isObject, type JsonObject, PROTOTYPE, setPrototypeKey } from './json.ts';
import type { PossibleTypes } from './possible-types.ts';

/**
 * Adds what a fetch brought to what is there. Objects and lists of the same length are merged, and null never hides what
 * is known. The type of an object stays when a subgraph that knows its interface only (`@interfaceObject`) calls it by
 * that. With `copy`, no object of `source` becomes part of `target`.
 */
export function mergeInto(target: JsonObject, source: JsonObject, copy: boolean, possible: PossibleTypes): void {
  for (const key in source) {
    if (key === PROTOTYPE) {
      // What a scalar has under this name is the subgraph's; nothing here may reach the prototype of all objects.
      setPrototypeKey(target, cloneJson(source[key]));
      continue;
    }
    const added = source[key];
    const known = target[key];
    if (known === undefined || known === null) {
      target[key] = copy ? cloneJson(added) : added;
    } else if (added !== null && typeof added === 'object' && added !== known) {
      target[key] = merged(known, added, copy, possible);
    } else if (added !== null && !(key === '__typename' && possible.satisfies(String(known), String(added)))) {
      target[key] = added;
    }
  }
}

function merged(known: unknown, added: unknown, copy: boolean, possible: PossibleTypes): unknown {
  if (isObject(known) && isObject(added)) {
    mergeInto(known, added, copy, possible);
    return known;
  }
  if (Array.isArray(known) && Array.isArray(added) && known.length === added.length) {
    for (let index = 0; index < known.length; index++) {
      known[index] = known[index] === null ? added[index] : merged(known[index], added[index], copy, possible);
    }
    return known;
  }
  return added === null ? known : copy ? cloneJson(added) : added;
}
