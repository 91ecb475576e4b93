import { cloneJson, isObject, type JsonObject } from './json.ts';

/**
 * Adds what a fetch brought to what is there. Objects and lists of the same length are merged, and null never hides what
 * is known. With `copy`, no object of `source` becomes part of `target`.
 */
export function mergeInto(target: JsonObject, source: JsonObject, copy: boolean): void {
  for (const key in source) {
    const added = source[key];
    const known = target[key];
    if (known === undefined || known === null) {
      target[key] = copy ? cloneJson(added) : added;
    } else if (added !== null && typeof added === 'object' && added !== known) {
      target[key] = merged(known, added, copy);
    } else if (added !== null) {
      target[key] = added;
    }
  }
}

function merged(known: unknown, added: unknown, copy: boolean): unknown {
  if (isObject(known) && isObject(added)) {
    mergeInto(known, added, copy);
    return known;
  }
  if (Array.isArray(known) && Array.isArray(added) && known.length === added.length) {
    for (let index = 0; index < known.length; index++) {
      known[index] = known[index] === null ? added[index] : merged(known[index], added[index], copy);
    }
    return known;
  }
  return added === null ? known : copy ? cloneJson(added) : added;
}
