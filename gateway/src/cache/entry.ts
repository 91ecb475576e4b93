import type { CacheScope } from './policy.ts';

/** An answer as it is kept: when, for how long and for whom, then its text. */
export interface CachedAnswer {
  /** Milliseconds since 1970. */
  readonly keptAt: number;
  /** Seconds. */
  readonly maxAge: number;
  readonly scope: CacheScope;
  readonly json: string;
}

const HEAD = /^(\d{1,15}) (\d{1,10}) (PUBLIC|PRIVATE)$/;
const MAX_HEAD = 40;

export function encodeAnswer({ keptAt, maxAge, scope, json }: CachedAnswer): string {
  return `${keptAt} ${maxAge} ${scope}\n${json}`;
}

/** Undefined for what is not an answer, as another program or version may have left it. */
export function decodeAnswer(text: string): CachedAnswer | undefined {
  const end = text.indexOf('\n');
  const head = end > 0 && end <= MAX_HEAD ? HEAD.exec(text.slice(0, end)) : null;
  if (!head) return undefined;
  return {
    keptAt: Number(head[1]),
    maxAge: Number(head[2]),
    scope: head[3] as CacheScope,
    json: text.slice(end + 1),
  };
}
