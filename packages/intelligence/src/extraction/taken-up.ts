import type { IntelligenceType } from '@colloquy/domain';
import type { SourceMessage } from '../model.ts';
import type { Sentence } from '../text/sentences.ts';
import type { Acceptance } from './acceptance.ts';
import type { Branches } from './branches.ts';
import { CONFIDENCE_FLOOR } from './judgement.ts';
import { assertionNaming, means, type Reply, readReply, sharedCount, termsOf } from './reply.ts';
import { type Statement, statementOf, statementsOf } from './statement.ts';

/** How much of a statement's confidence remains when it is the assistant's and the user took it up in this way. */
const TRUST = { commitment: 0.98, agreement: 0.92, built: 0.86, opening: 0.84, assent: 0.8 } as const;

const MAX_PER_TURN = 2;
const MIN_SHARED_TERMS = 2;
/** A "yes" that goes on must stay with the matter. */
const MIN_SHARED_AFTER_OPENING = 1;
/** Confidence of advice without a cue, before trust in the way it was taken up. */
const ADVICE = 0.58;
const AGREES: ReadonlySet<Acceptance['kind']> = new Set(['commitment', 'agreement', 'opening']);
const NEGATED = /\b(?:not|no|never|won't|don't|can't|without|instead of|rather than)\b|n't\b/;

interface TakenUp {
  statement: Statement;
  /** How many of the terms that it brought up the reply uses. */
  shared: number;
}

/** What a user can make their own by agreeing: anything but the assistant's unfinished thoughts. */
function isAdoptable(type: IntelligenceType): boolean {
  return type !== 'INCOMPLETE_IDEA';
}

function adopt(statement: Statement, how: keyof typeof TRUST, by: Sentence, reply: Reply): Statement | null {
  const confidence = statement.confidence * TRUST[how];
  if (confidence < CONFIDENCE_FLOOR) return null;
  const pronominal = termsOf([by]).size < MIN_SHARED_TERMS;
  const decided = how === 'commitment' && pronominal && statement.type === 'SOLUTION_APPROACH';
  return {
    ...statement,
    type: decided ? 'TECHNICAL_DECISION' : statement.type,
    confidence,
    acceptance: { messageId: reply.user.id, start: by.start, end: by.end, quote: by.raw },
  };
}

function broughtUp({ sentences }: Statement, { earlier }: Reply): Set<string> {
  return termsOf(sentences).difference(earlier);
}

function neededTerms(kind: Acceptance['kind'], nearest: boolean): number {
  if (kind === 'opening') return MIN_SHARED_AFTER_OPENING;
  return nearest ? 0 : MIN_SHARED_TERMS;
}

/** One statement as the reply makes it the user's own; null when it does not. */
function takeUp(statement: Statement, reply: Reply, nearest: boolean): TakenUp | null {
  const terms = broughtUp(statement, reply);
  const shared = sharedCount(terms, reply.terms);
  const { acceptance } = reply;
  if (acceptance && shared >= neededTerms(acceptance.kind, nearest) && means(acceptance.sentence, terms)) {
    const adopted = adopt(statement, acceptance.kind, acceptance.sentence, reply);
    return adopted && { statement: adopted, shared };
  }
  const naming = assertionNaming(terms, reply);
  if (!naming || naming.count < MIN_SHARED_TERMS || NEGATED.test(naming.sentence.norm)) return null;
  const adopted = adopt(statement, 'built', naming.sentence, reply);
  return adopted && { statement: adopted, shared };
}

/**
 * Advice seldom carries a cue ("Copy the manifest first."): that the user agrees and names what it brought up shows that
 * it was one.
 */
function adviceIn(
  turn: SourceMessage,
  sentences: readonly Sentence[],
  told: readonly Statement[],
  reply: Reply,
): Statement[] {
  const { acceptance } = reply;
  if (!acceptance || !AGREES.has(acceptance.kind)) return [];
  const named = termsOf([acceptance.sentence]);
  return sentences
    .filter(
      ({ start, end, norm }) => !norm.endsWith('?') && !told.some((known) => start < known.end && known.start < end),
    )
    .map((sentence) => statementOf(turn, sentence, 'SOLUTION_APPROACH', ADVICE))
    .filter((statement) => sharedCount(broughtUp(statement, reply), named) >= MIN_SHARED_TERMS);
}

/**
 * What the assistant said before a user's turn and that turn accepts or builds on. An assistant's words count only so:
 * its own echo is no knowledge of the user's.
 *
 * @param read gives the sentences of a message
 */
export function takenUp(
  user: SourceMessage,
  sentences: readonly Sentence[],
  branches: Branches,
  read: (message: SourceMessage) => readonly Sentence[],
): Statement[] {
  const reply = readReply(user, sentences, branches);
  if (!reply || (!reply.acceptance && reply.terms.size < MIN_SHARED_TERMS)) return [];
  const found: TakenUp[] = [];
  for (const [distance, turn] of branches.assistantTurnsBefore(user).entries()) {
    const told = statementsOf(turn, read(turn));
    const candidates = [...told.filter(({ type }) => isAdoptable(type)), ...adviceIn(turn, read(turn), told, reply)];
    for (const candidate of candidates) {
      const taken = takeUp(candidate, reply, distance === 0);
      if (taken) found.push(taken);
    }
  }
  return found
    .sort((a, b) => b.shared - a.shared || b.statement.confidence - a.statement.confidence)
    .slice(0, MAX_PER_TURN)
    .map(({ statement }) => statement);
}
