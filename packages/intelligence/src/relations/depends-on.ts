import { toScore } from '../extraction/scores.ts';
import type { Dependency } from './dependency-phrases.ts';
import { closeness, named, type Pair, type Proposal, sharedWords } from './pair.ts';
import type { Prepared } from './prepared.ts';

/** Share of what is needed that the other item must name. */
const NAMES_ENOUGH = 0.6;
/** Without a common conversation, one word in common proves nothing. */
const MIN_TERMS_ACROSS = 2;
/** How far back, in units of `order` (1e6 per message), a pronoun or an answer reaches. */
const PRONOUN_REACH = 4e6;
const ANSWER_REACH = 12e6;
const ANSWER_COSINE = 0.42;
/** What follows a problem within this reach is taken for its answer though it is worded otherwise. */
export const DIALOGUE_REACH = 3e6;
const DIALOGUE_COSINE = 0.2;

function namedShare({ object }: Dependency, other: Prepared): { share: number; words: string[] } {
  const words: string[] = [];
  for (const term of object) {
    const word = other.terms.get(term);
    if (word !== undefined) words.push(word);
  }
  return { share: words.length / Math.max(1, object.size), words };
}

function metadataOf(pair: Pair, kind: Dependency['kind'] | 'motivation'): Record<string, unknown> {
  return { relationship_type: kind, similarity: toScore(pair.cosine), shared: sharedWords(pair).slice(0, 8) };
}

/** The words of the other item that name what is needed; null when they name too little of it. */
function wordsNaming(dependency: Dependency, pair: Pair, target: Prepared): string[] | null {
  const { share, words } = namedShare(dependency, target);
  if (share < NAMES_ENOUGH) return null;
  const several = words.length >= MIN_TERMS_ACROSS;
  const near = pair.sameConversation ? several || pair.cosine >= 0.3 : several && pair.cosine >= 0.35;
  return near ? words : null;
}

function statedProposal(
  dependency: Dependency,
  pair: Pair,
  [source, target]: [Prepared, Prepared],
  words: readonly string[],
): Proposal {
  const share = words.length / Math.max(1, dependency.object.size);
  const pronominal = words.length === 0;
  return {
    type: 'DEPENDS_ON',
    source,
    target,
    strength: toScore(0.6 + 0.25 * (pronominal ? 0.4 : share) + 0.15 * pair.cosine),
    confidence: toScore((pronominal ? 0.55 : 0.7) + 0.15 * pair.cosine + (pair.sameConversation ? 0.05 : 0)),
    explain: () => {
      const what = pronominal ? 'what was said just before' : named(words);
      return {
        reason: `says that it ${dependency.words} ${what}, which is the matter of "${target.item.title}"`,
        metadata: metadataOf(pair, dependency.kind),
      };
    },
  };
}

/** A relation from an item that states a dependency to the item that it names. */
function stated(pair: Pair, source: Prepared, target: Prepared): Proposal | null {
  const justBefore = pair.sameConversation && source === pair.later && reaches(pair, PRONOUN_REACH);
  for (const dependency of source.dependencies) {
    const pronominal = dependency.object.size === 0;
    const words = pronominal ? (justBefore ? [] : null) : wordsNaming(dependency, pair, target);
    if (words) return statedProposal(dependency, pair, [source, target], words);
  }
  return null;
}

function reaches({ earlier, later }: Pair, reach: number): boolean {
  return later.item.order - earlier.item.order <= reach;
}

function isAnswer(pair: Pair): boolean {
  if (!pair.sameConversation) return false;
  if (reaches(pair, DIALOGUE_REACH) && pair.cosine >= DIALOGUE_COSINE) return true;
  return reaches(pair, ANSWER_REACH) && pair.cosine >= ANSWER_COSINE && pair.sharedCount > 0;
}

/** A solution or decision exists because of the problem that it answers: were that gone, it would not be needed. */
function answer(pair: Pair): Proposal | null {
  const { earlier, later } = pair;
  if (later.item.type !== 'SOLUTION_APPROACH' && later.item.type !== 'TECHNICAL_DECISION') return null;
  if (earlier.item.type !== 'PROBLEM_STATEMENT' || !isAnswer(pair)) return null;
  const verb = later.item.type === 'SOLUTION_APPROACH' ? 'answers' : 'decides how to deal with';
  const close = closeness(pair) + (reaches(pair, DIALOGUE_REACH) ? 0.15 : 0);
  return {
    type: 'DEPENDS_ON',
    source: later,
    target: earlier,
    strength: toScore(0.2 + 0.75 * close),
    confidence: toScore(0.35 + 0.4 * close),
    explain: () => {
      const link = pair.sharedCount > 0 ? named(sharedWords(pair)) : 'said just before';
      return {
        reason: `${verb} the problem "${earlier.item.title}" (${link}) and is needed only while that holds`,
        metadata: metadataOf(pair, 'motivation'),
      };
    },
  };
}

/** A DEPENDS_ON B: B must hold, or be done, first. */
export function dependsOn(pair: Pair): Proposal | null {
  const { earlier, later } = pair;
  return stated(pair, later, earlier) ?? stated(pair, earlier, later) ?? answer(pair);
}
