import { asArray, asObject, type JsonObject } from '../json/values.ts';
import type { Path } from './path.ts';

/** A property that real documents have. */
export interface InventoryPath {
  path: Path;
  /** The first JSON type seen there that is not null, else `null`. */
  type: string;
  /** Share of documents, 0..1. */
  frequency: number;
}

/**
 * The properties of a field inventory (a JSON Schema whose `x-polylogue-frequency` is a share of documents). The
 * inventory leaves the share out where it is about 1 and where it did not count; such a property counts as frequent as
 * the nearest one above it that has a share, which errs on the side of listing it.
 */
export function inventoryPaths(schema: unknown): InventoryPath[] {
  const found = new Map<string, InventoryPath>();
  collect(asObject(schema), [], 1, found);
  return [...found.values()];
}

function collect(schema: JsonObject | null, path: Path, above: number, found: Map<string, InventoryPath>): void {
  if (schema === null) return;
  const share = schema['x-polylogue-frequency'];
  const frequency = typeof share === 'number' ? Math.min(share, above) : above;
  if (path.length > 0 && path.at(-1) !== '[]') add({ path, type: typeOf(schema), frequency }, found);
  for (const [name, member] of Object.entries(asObject(schema.properties) ?? {})) {
    collect(asObject(member), [...path, name], frequency, found);
  }
  collect(asObject(schema.additionalProperties), [...path, '*'], frequency, found);
  collect(asObject(schema.items), [...path, '[]'], frequency, found);
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    for (const variant of asArray(schema[keyword])) collect(asObject(variant), path, frequency, found);
  }
}

/** One path can be seen in several variants: the most frequent one counts, and a type is better than none. */
function add(next: InventoryPath, found: Map<string, InventoryPath>): void {
  const key = JSON.stringify(next.path);
  const seen = found.get(key);
  found.set(key, {
    path: next.path,
    type: seen === undefined || seen.type === 'null' ? next.type : seen.type,
    frequency: Math.max(next.frequency, seen?.frequency ?? 0),
  });
}

function typeOf(schema: JsonObject): string {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return types.find((type): type is string => typeof type === 'string' && type !== 'null') ?? 'null';
}
