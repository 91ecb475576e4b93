import type { SourceMessage } from '../model.ts';
import type { Sentence } from '../text/sentences.ts';
import { type Acceptance, tellsOutcome } from './acceptance.ts';
import { isAdvice, isValued } from './advice.ts';
import type { Branches } from './branches.ts';
import { CONFIDENCE_FLOOR } from './judgement.ts';
import { pickedOption } from './options.ts';
import { assertionNaming, means, type Reply, readReply, sharedCount, termsOf } from './reply.ts';
import { type Statement, statementOf, statementsOf } from './statement.ts';

/** How much of a statement's confidence remains when it is the assistant's and the user took it up in this way. */
const TRUST = { commitment: 0.98, report: 0.96, agreement: 0.92, built: 0.86, opening: 0.84, assent: 0.8 } as const;

const MAX_PER_TURN = 2;
const MIN_SHARED_TERMS = 2;
/** A "yes" that goes on must stay with the matter. */
const MIN_SHARED_AFTER_OPENING = 1;
/** Confidence of advice without a cue, before trust in the way it was taken up. */
const ADVICE = 0.58;
/** The same when the user names none of it. */
const MAIN_ADVICE = 0.52;
/** An option is picked at the start of a turn. */
const MAX_SENTENCES_PICKING = 2;
const AGREES: ReadonlySet<Acceptance['kind']> = new Set(['commitment', 'report', 'agreement', 'opening']);
const NEGATED = /\b(?:not|(?<!oh )no|never|won't|don't|can't|without|instead of|rather than)\b|n't\b/;

interface TakenUp {
  statement: Statement;
  /** How many of the terms that it brought up the reply uses. */
  shared: number;
}

/**
 * What a user can make their own by agreeing: not the assistant's unfinished thoughts, nor its view of what is wrong. An
 * assistant decides nothing: what it announces is a proposal.
 */
function asProposal(statement: Statement): Statement | null {
  if (statement.type === 'INCOMPLETE_IDEA') return null;
  if (isAdvice(statement.core) || statement.type === 'TECHNICAL_DECISION')
    return { ...statement, type: 'SOLUTION_APPROACH' };
  return statement.type === 'PROBLEM_STATEMENT' ? null : statement;
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
  if (!naming || NEGATED.test(naming.sentence.norm)) return null;
  const enough = nearest && isAdvice(statement.core) && tellsOutcome(naming.sentence) ? 1 : MIN_SHARED_TERMS;
  if (naming.count < enough) return null;
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
  const agreed = acceptance !== null && AGREES.has(acceptance.kind);
  const named = acceptance ? termsOf([acceptance.sentence]) : new Set<string>();
  const advice = (sentence: Sentence): Statement | null => {
    const statement = statementOf(turn, sentence, 'SOLUTION_APPROACH', ADVICE);
    const terms = broughtUp(statement, reply);
    if (agreed && sharedCount(terms, named) >= MIN_SHARED_TERMS) return statement;
    if (!isAdvice(sentence) && !isValued(sentence)) return null;
    const shared = sharedCount(terms, reply.terms);
    const isNamed = shared >= 1 && (agreed || reply.sentences.some(tellsOutcome));
    return shared >= MIN_SHARED_TERMS || isNamed ? statement : null;
  };
  return sentences
    .filter(
      ({ start, end, norm }) => !norm.endsWith('?') && !told.some((known) => start < known.end && known.start < end),
    )
    .map(advice)
    .filter((statement) => statement !== null);
}

/** What an agreement without a word of its own means: the first thing that was advised. */
function mainAdvice(turn: SourceMessage, sentences: readonly Sentence[], { acceptance }: Reply): Statement[] {
  if (!acceptance || acceptance.kind === 'assent' || acceptance.kind === 'opening') return [];
  const first = sentences.find(isAdvice);
  return first ? [statementOf(turn, first, 'SOLUTION_APPROACH', MAIN_ADVICE)] : [];
}

/** What a turn of the assistant proposes that the reply may mean. */
function proposalsIn(turn: SourceMessage, sentences: readonly Sentence[], reply: Reply, nearest: boolean): Statement[] {
  const told = statementsOf(turn, sentences)
    .map(asProposal)
    .filter((statement) => statement !== null);
  const proposals = [...told, ...adviceIn(turn, sentences, told, reply)];
  return proposals.length > 0 || !nearest ? proposals : mainAdvice(turn, sentences, reply);
}

/** The entry of the assistant's list that the reply picks ("the second one"). */
function picked(turn: SourceMessage, sentences: readonly Sentence[], reply: Reply): Statement | null {
  const option = pickedOption(turn, sentences, reply.sentences.slice(0, MAX_SENTENCES_PICKING));
  const by = reply.sentences[0];
  if (!option || !by) return null;
  const { kind, sentence } = reply.acceptance ?? { kind: 'agreement' as const, sentence: by };
  const adopted = adopt(statementOf(turn, option, 'SOLUTION_APPROACH', ADVICE), kind, sentence, reply);
  return adopted && kind === 'commitment' ? { ...adopted, type: 'TECHNICAL_DECISION' } : adopted;
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
  if (!reply) return [];
  const found: TakenUp[] = [];
  for (const [distance, turn] of branches.assistantTurnsBefore(user).entries()) {
    const nearest = distance === 0;
    const option = nearest ? picked(turn, read(turn), reply) : null;
    if (option) return [option];
    for (const proposal of proposalsIn(turn, read(turn), reply, nearest)) {
      const taken = takeUp(proposal, reply, nearest);
      if (taken) found.push(taken);
    }
  }
  return found
    .sort((a, b) => b.shared - a.shared || b.statement.confidence - a.statement.confidence)
    .slice(0, MAX_PER_TURN)
    .map(({ statement }) => statement);
}
