import type { Grants } from './grants.ts';

/** What one directive demands; `anyOf` are alternatives, each of which demands all that it lists. */
export type Requirement =
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'scopes' | 'policies'; readonly anyOf: Alternatives };
export type Alternatives = readonly (readonly string[])[];

/** Implications are looked for among this many combined alternatives, and taken not to hold beyond. */
const MAX_COMBINATIONS = 256;

export function isMet(requirement: Requirement, grants: Grants): boolean {
  if (requirement.kind === 'authenticated') return grants.authenticated;
  const granted = grants[requirement.kind];
  return requirement.anyOf.some((all) => all.every((name) => granted.has(name)));
}

/** The same text for requirements that mean the same word by word. */
export function requirementKey(requirement: Requirement): string {
  return requirement.kind === 'authenticated'
    ? requirement.kind
    : JSON.stringify([requirement.kind, requirement.anyOf]);
}

/** Whether whoever meets all of `given` meets `requirement` with certainty. */
export function isImplied(requirement: Requirement, given: readonly Requirement[]): boolean {
  if (requirement.kind === 'authenticated') return given.some(({ kind }) => kind === 'authenticated');
  let combined: Alternatives = [[]];
  for (const other of given) {
    if (other.kind !== requirement.kind) continue;
    combined = bothOf(combined, other.anyOf);
    if (combined.length > MAX_COMBINATIONS) return false;
  }
  return combined.every((held) => requirement.anyOf.some((all) => all.every((name) => held.includes(name))));
}

/** The alternatives of meeting both, without those that another one makes needless. */
function bothOf(left: Alternatives, right: Alternatives): Alternatives {
  const pairs = left.flatMap((some) => right.map((more) => [...new Set([...some, ...more])]));
  return pairs.filter((pair, index) => {
    const isCovered = (other: readonly string[], at: number) =>
      at !== index && other.every((name) => pair.includes(name)) && (other.length < pair.length || at < index);
    return !pairs.some(isCovered);
  });
}
