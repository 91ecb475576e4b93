import type { RequiresSelection } from '@graphql-hive/router-query-planner';
import { isObject, type JsonObject, quote } from './json.ts';
import type { PossibleTypes } from './possible-types.ts';
import type { Represent } from './representations.ts';

interface FieldPart {
  readonly key: string;
  readonly alias: string;
  /** The alias as the key of a JSON object. */
  readonly prefix: string;
  readonly inner: readonly Part[] | undefined;
}
type Part = FieldPart | { readonly condition: string; readonly inner: readonly Part[] };

/**
 * Compiles what a fetch requires of an entity. A field that is null is sent as null, one that was not answered is left
 * out, and a representation of nothing but its type name is none, unless no more than that is required.
 */
export function compileRequires(selections: readonly RequiresSelection[], possible: PossibleTypes): Represent {
  const parts = compile(selections);
  const typenameSuffices = onlyTypename(parts);

  function object(value: JsonObject, inner: readonly Part[]): string | undefined {
    const typename = typeof value.__typename === 'string' ? value.__typename : undefined;
    const fields = write(value, inner, typename, '');
    if (fields === '')
      return typename !== undefined && typenameSuffices ? `{"__typename":${quote(typename)}}` : undefined;
    return typename === undefined ? `{${fields}}` : `{"__typename":${quote(typename)},${fields}}`;
  }

  function write(value: JsonObject, inner: readonly Part[], typename: string | undefined, before: string): string {
    let text = before;
    for (const part of inner) {
      if (!('condition' in part)) text = append(text, part, value);
      else if (passes(typename, part.condition)) text = write(value, part.inner, typename, text);
    }
    return text;
  }

  function append(text: string, part: FieldPart, value: JsonObject): string {
    const found = value[part.key] === undefined ? value[part.alias] : value[part.key];
    const written = found === undefined ? undefined : json(found, part.inner);
    if (written === undefined) return text;
    return text === '' ? part.prefix + written : `${text},${part.prefix}${written}`;
  }

  /** Either may be the wider one. */
  function passes(typename: string | undefined, condition: string): boolean {
    if (typename === undefined) return true;
    return possible.satisfies(typename, condition) || possible.satisfies(condition, typename);
  }

  function json(value: unknown, inner: readonly Part[] | undefined): string | undefined {
    if (typeof value === 'string') return quote(value);
    if (inner === undefined || typeof value !== 'object' || value === null) return JSON.stringify(value);
    if (isObject(value)) return object(value, inner);
    const items: string[] = [];
    for (const item of value as unknown[]) {
      const written = json(item, inner);
      if (written !== undefined) items.push(written);
    }
    return `[${items.join(',')}]`;
  }

  return { text: (entity) => object(entity, parts), keys: plainKeys(parts) };
}

function compile(selections: readonly RequiresSelection[]): Part[] {
  return selections.flatMap((selection): Part[] => {
    if (selection.kind === 'InlineFragment') {
      return [{ condition: selection.typeCondition, inner: compile(selection.selections) }];
    }
    // The planner spells fragments out in what it requires.
    if (selection.kind === 'FragmentSpread') throw new Error(`A plan requires the fragment ${selection.value}.`);
    const alias = selection.alias ?? selection.name;
    if (alias === '__typename') return [];
    const inner = selection.selections && selection.selections.length > 0 ? compile(selection.selections) : undefined;
    return [{ key: selection.name, alias, prefix: `${quote(alias)}:`, inner }];
  });
}

/** The fields that are read, where none of them is read in part. */
function plainKeys(parts: readonly Part[]): string[] | undefined {
  const keys = new Set<string>();
  for (const part of parts) {
    if ('condition' in part) {
      const inner = plainKeys(part.inner);
      if (!inner) return undefined;
      for (const key of inner) keys.add(key);
    } else {
      if (part.inner) return undefined;
      keys.add(part.key).add(part.alias);
    }
  }
  return [...keys];
}

function onlyTypename(parts: readonly Part[]): boolean {
  return parts.every((part) => 'condition' in part && onlyTypename(part.inner));
}
