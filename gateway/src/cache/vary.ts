import type { IncomingHttpHeaders } from 'node:http';
import type { HeaderRules } from '../config/headers.ts';

/** The values of the request's headers on which an answer depends, with their names where these are not fixed. */
export type Varying = readonly (readonly [string, string | readonly string[] | null])[];

export interface Vary {
  of(headers: IncomingHttpHeaders): Varying;
  /** For the header `vary`; undefined where answers depend on no header. */
  readonly header: string | undefined;
}

const NOTHING: Varying = [];

/** Answers depend on the headers that the configuration names, and on each that goes on to a subgraph. */
export function createVary(named: readonly string[], { propagate }: Pick<HeaderRules, 'propagate'>): Vary {
  const fixed = propagate.flatMap((rule) => ('name' in rule ? [rule.name] : []));
  const patterns = propagate.flatMap((rule) => ('matching' in rule ? [new RegExp(rule.matching)] : []));
  const names = [...new Set([...named, ...fixed])];
  // The name of the page's origin is always among them, as answers may say that it is allowed.
  const header = patterns.length > 0 ? '*' : names.length > 0 ? [...names, 'origin'].join(', ') : undefined;
  if (header === undefined) return { of: () => NOTHING, header };

  const matches = (name: string) => !names.includes(name) && patterns.some((pattern) => pattern.test(name));
  return {
    header,
    of(headers) {
      const found = patterns.length === 0 ? [] : Object.keys(headers).filter(matches).sort();
      return [...names, ...found].map((name) => [name, headers[name] ?? null]);
    },
  };
}
