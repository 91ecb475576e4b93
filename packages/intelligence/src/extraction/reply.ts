import type { SourceMessage } from '../model.ts';
import type { Sentence } from '../text/sentences.ts';
import { keyTerms } from '../text/terms.ts';
import { type Acceptance, acceptanceIn, refuses } from './acceptance.ts';
import type { Branches } from './branches.ts';

/** A user's turn, read as a reply to what the assistant said before it. */
export interface Reply {
  user: SourceMessage;
  sentences: readonly Sentence[];
  terms: ReadonlySet<string>;
  acceptance: Acceptance | null;
  /** Terms of the user's turn before: the assistant did not bring those up. */
  earlier: ReadonlySet<string>;
}

/** Of the turn before, this many characters are read. */
const READ_OF_EARLIER = 20_000;
/** An acceptance that names so many things means those, not whatever else was said. */
const SPECIFIC_TERMS = 3;

export function termsOf(sentences: readonly Sentence[]): Set<string> {
  const terms = new Set<string>();
  for (const { norm } of sentences) for (const term of keyTerms(norm).keys()) terms.add(term);
  return terms;
}

export function sharedCount(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const term of a) if (b.has(term)) shared += 1;
  return shared;
}

/** Reads a turn as a reply; null when it turns down, or reports the failure of, what precedes it. */
export function readReply(user: SourceMessage, sentences: readonly Sentence[], branches: Branches): Reply | null {
  if (refuses(sentences)) return null;
  const before = branches.previousUserTurn(user);
  return {
    user,
    sentences,
    terms: termsOf(sentences),
    acceptance: acceptanceIn(sentences),
    earlier: new Set(before ? keyTerms(before.text.slice(0, READ_OF_EARLIER)).keys() : []),
  };
}

/** Whether an acceptance can mean a statement that brought up these terms. */
export function means(acceptance: Sentence, broughtUp: ReadonlySet<string>): boolean {
  const own = termsOf([acceptance]);
  return own.size < SPECIFIC_TERMS || sharedCount(broughtUp, own) > 0;
}

/** The assertion of a reply that picks up most of the given terms, with how many. */
export function assertionNaming(
  terms: ReadonlySet<string>,
  reply: Reply,
): { sentence: Sentence; count: number } | null {
  let best: { sentence: Sentence; count: number } | null = null;
  for (const sentence of reply.sentences) {
    if (sentence.norm.endsWith('?')) continue;
    const count = sharedCount(terms, termsOf([sentence]));
    if (count > (best?.count ?? 0)) best = { sentence, count };
  }
  return best;
}
