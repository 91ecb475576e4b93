import type { CompiledCaching, ObjectPlace } from './compile.ts';

/** More than these are not told apart: the type's objects then count as unknown. */
const MAX_IDS_PER_TYPE = 500;

/** Of every answer that may have an object of the type, or that lacks one. */
export function typeTag(type: string): string {
  return type;
}

/** Of every answer with this object. */
export function objectTag(type: string, id: readonly unknown[]): string {
  return `${type}:${JSON.stringify(id.map(String))}`;
}

/** Of every answer with objects of the type of which it does not show which they are. */
export function unknownTag(type: string): string {
  return `${type}:?`;
}

/** What an invalidation of these must remove. An object that is not known may be any. */
export function tagsToInvalidate(entry: { type: string; id?: readonly unknown[] | undefined }): string[] {
  if (entry.id === undefined) return [typeTag(entry.type)];
  return [objectTag(entry.type, entry.id), unknownTag(entry.type)];
}

/** The tags of an answer: those of its types, and those of the objects in it. */
export function tagsOfAnswer({ types, root }: CompiledCaching, json: string): string[] {
  const tags = types.map(typeTag);
  if (!root) return tags;
  const { data } = JSON.parse(json) as { data?: unknown };
  const objects = new Map<string, Set<string>>();
  visit(data, root, objects);
  for (const [type, found] of objects) {
    if (found.size > MAX_IDS_PER_TYPE) tags.push(unknownTag(type));
    else tags.push(...found);
  }
  return tags;
}

function visit(value: unknown, place: ObjectPlace, found: Map<string, Set<string>>): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, place, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const object = value as Readonly<Record<string, unknown>>;
  const typename = place.typename === undefined ? undefined : object[place.typename];
  for (const [type, keys] of place.identities) {
    // Without its name it may be of any type that can stand here.
    if (typeof typename === 'string' && typename !== type) continue;
    let tags = found.get(type);
    if (!tags) {
      tags = new Set();
      found.set(type, tags);
    }
    if (tags.size <= MAX_IDS_PER_TYPE) tags.add(tagOf(type, keys, object));
  }
  for (const [key, child] of place.children) visit(object[key], child, found);
}

function tagOf(type: string, keys: readonly string[] | undefined, object: Readonly<Record<string, unknown>>): string {
  const id = keys?.map((key) => object[key]);
  const known = id?.every((part) => part !== undefined && part !== null && typeof part !== 'object');
  return id && known ? objectTag(type, id) : unknownTag(type);
}
