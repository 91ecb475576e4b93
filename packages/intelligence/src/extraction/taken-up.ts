import type { IntelligenceType } from '@colloquy/domain';
import type { SourceMessage } from '../model.ts';
import { type Sentence, sentencesOf } from '../text/sentences.ts';
import { keyTerms } from '../text/terms.ts';
import { type Acceptance, acceptanceIn, refuses } from './acceptance.ts';
import type { Branches } from './branches.ts';
import { CONFIDENCE_FLOOR } from './judgement.ts';
import { type Statement, statementsOf } from './statement.ts';

/** How much of a statement's confidence remains when it is the assistant's and the user took it up in this way. */
const TRUST = { commitment: 0.98, agreement: 0.92, built: 0.86, opening: 0.84, assent: 0.8 } as const;

const MAX_PER_TURN = 2;
const MIN_SHARED_TERMS = 2;
/** A "yes" that goes on must stay with the matter. */
const MIN_SHARED_AFTER_OPENING = 1;
/** An acceptance that names so many things means those, not whatever else was said. */
const SPECIFIC_TERMS = 3;
const NEGATED = /\b(?:not|no|never|n't|won't|don't|can't|without|instead of|rather than)\b/;
/** What a user can make their own by agreeing; nobody else's hopes and problems become theirs so. */
const ADOPTABLE: ReadonlySet<IntelligenceType> = new Set([
  'SOLUTION_APPROACH',
  'TECHNICAL_DECISION',
  'FEATURE_REQUEST',
  'LEARNING_MOMENT',
  'PROBLEM_STATEMENT',
]);

interface Reply {
  sentences: readonly Sentence[];
  terms: ReadonlySet<string>;
  acceptance: Acceptance | null;
}

/** Terms that the assistant brought up: in its statement and not in the user's turn before it. */
function broughtUp(statement: Statement, earlier: ReadonlySet<string>): Set<string> {
  const terms = new Set<string>();
  for (const sentence of statement.sentences)
    for (const term of keyTerms(sentence.norm).keys()) if (!earlier.has(term)) terms.add(term);
  return terms;
}

function sharedCount(terms: ReadonlySet<string>, reply: ReadonlySet<string>): number {
  let shared = 0;
  for (const term of terms) if (reply.has(term)) shared += 1;
  return shared;
}

/** The sentence of a reply that picks up most of the given terms. */
function sentenceNaming(terms: ReadonlySet<string>, sentences: readonly Sentence[]): Sentence | null {
  let best: Sentence | null = null;
  let most = 0;
  for (const sentence of sentences) {
    if (sentence.norm.endsWith('?')) continue;
    const count = sharedCount(terms, new Set(keyTerms(sentence.norm).keys()));
    if (count > most) {
      most = count;
      best = sentence;
    }
  }
  return best;
}

function adopt(statement: Statement, how: keyof typeof TRUST, by: Sentence, user: SourceMessage): Statement | null {
  const confidence = statement.confidence * TRUST[how];
  if (confidence < CONFIDENCE_FLOOR) return null;
  const pronominal = keyTerms(by.norm).size < MIN_SHARED_TERMS;
  const decided = how === 'commitment' && pronominal && statement.type === 'SOLUTION_APPROACH';
  return {
    ...statement,
    type: decided ? 'TECHNICAL_DECISION' : statement.type,
    confidence,
    acceptance: { messageId: user.id, start: by.start, end: by.end, quote: by.raw },
  };
}

/** Whether an acceptance can mean the statement that brought up these terms. */
function means(acceptance: Sentence, broughtUpTerms: ReadonlySet<string>): boolean {
  const own = new Set(keyTerms(acceptance.norm).keys());
  return own.size < SPECIFIC_TERMS || sharedCount(broughtUpTerms, own) > 0;
}

/** One statement as the reply makes it the user's own; null when it does not. */
function takeUp(
  statement: Statement,
  reply: Reply,
  earlier: ReadonlySet<string>,
  nearest: boolean,
  user: SourceMessage,
): { statement: Statement; shared: number } | null {
  const terms = broughtUp(statement, earlier);
  const shared = sharedCount(terms, reply.terms);
  const { acceptance } = reply;
  const needed = acceptance?.kind === 'opening' ? MIN_SHARED_AFTER_OPENING : nearest ? 0 : MIN_SHARED_TERMS;
  if (acceptance && shared >= needed && means(acceptance.sentence, terms)) {
    const adopted = adopt(statement, acceptance.kind, acceptance.sentence, user);
    return adopted && { statement: adopted, shared };
  }
  if (shared < MIN_SHARED_TERMS) return null;
  const by = sentenceNaming(terms, reply.sentences);
  const named = by ? sharedCount(terms, new Set(keyTerms(by.norm).keys())) : 0;
  if (!by || named < MIN_SHARED_TERMS || NEGATED.test(by.norm)) return null;
  const adopted = adopt(statement, 'built', by, user);
  return adopted && { statement: adopted, shared };
}

/**
 * What the assistant said before a user's turn and that turn accepts or builds on. An assistant's words count only so:
 * its own echo is no knowledge of the user's.
 */
export function takenUp(
  user: SourceMessage,
  sentences: readonly Sentence[],
  branches: Branches,
  read: (message: SourceMessage) => Sentence[] = (message) => sentencesOf(message.text),
): Statement[] {
  if (refuses(sentences)) return [];
  const terms = new Set(keyTerms(sentences.map(({ norm }) => norm).join(' ')).keys());
  const acceptance = acceptanceIn(sentences);
  if (!acceptance && terms.size < MIN_SHARED_TERMS) return [];
  const before = branches.previousUserTurn(user);
  const earlier = new Set(before ? keyTerms(before.text).keys() : []);
  const found: { statement: Statement; shared: number }[] = [];
  for (const [distance, turn] of branches.assistantTurnsBefore(user).entries()) {
    for (const statement of statementsOf(turn, read(turn))) {
      if (!ADOPTABLE.has(statement.type)) continue;
      const taken = takeUp(statement, { sentences, terms, acceptance }, earlier, distance === 0, user);
      if (taken) found.push(taken);
    }
  }
  return found
    .sort((a, b) => b.shared - a.shared || b.statement.confidence - a.statement.confidence)
    .slice(0, MAX_PER_TURN)
    .map(({ statement }) => statement);
}
