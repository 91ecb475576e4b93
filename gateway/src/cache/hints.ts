import { type ConstDirectiveNode, type DocumentNode, Kind } from 'graphql';
import type { CachePolicySetting } from '../config/cache.ts';
import type { CacheHint, CacheScope } from './policy.ts';

const DIRECTIVE = 'cacheControl';

/** By `Type` and `Type.field`. */
export type CacheHints = ReadonlyMap<string, CacheHint>;

/** Reads the `@cacheControl` of a schema; what the configuration says of a type or field goes over it. */
export function readHints(schema: DocumentNode, settings: Readonly<Record<string, CachePolicySetting>>): CacheHints {
  const hints = new Map<string, CacheHint>();
  const add = (coordinate: string, directives: readonly ConstDirectiveNode[] | undefined) => {
    for (const { name, arguments: given } of directives ?? []) {
      if (name.value !== DIRECTIVE) continue;
      const values = Object.fromEntries(
        (given ?? []).map(({ name: argument, value }) => [argument.value, 'value' in value ? value.value : undefined]),
      );
      hints.set(coordinate, strictest(hints.get(coordinate), hintOf(values)));
    }
  };
  for (const definition of schema.definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.OBJECT_TYPE_EXTENSION:
      case Kind.INTERFACE_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_EXTENSION: {
        const type = definition.name.value;
        add(type, definition.directives);
        for (const field of definition.fields ?? []) add(`${type}.${field.name.value}`, field.directives);
        break;
      }
      case Kind.UNION_TYPE_DEFINITION:
      case Kind.UNION_TYPE_EXTENSION:
        add(definition.name.value, definition.directives);
        break;
    }
  }
  for (const [coordinate, hint] of Object.entries(settings)) hints.set(coordinate, hint);
  return hints;
}

function hintOf({ maxAge, scope, inheritMaxAge }: Record<string, unknown>): CacheHint {
  const known: CacheScope | undefined = scope === 'PUBLIC' || scope === 'PRIVATE' ? scope : undefined;
  if (inheritMaxAge === true) return { scope: known, inheritMaxAge };
  return { scope: known, maxAge: typeof maxAge === 'string' ? Number(maxAge) : undefined };
}

/** Subgraphs may differ about a type that they share. */
function strictest(one: CacheHint | undefined, other: CacheHint): CacheHint {
  if (!one) return other;
  const ages = [one.maxAge, other.maxAge].filter((age) => age !== undefined);
  const scopes = [one.scope, other.scope];
  return {
    maxAge: ages.length === 0 ? undefined : Math.min(...ages),
    scope: scopes.includes('PRIVATE') ? 'PRIVATE' : (one.scope ?? other.scope),
    inheritMaxAge: ages.length === 0 && (one.inheritMaxAge || other.inheritMaxAge),
  };
}
