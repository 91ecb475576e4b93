import { INTELLIGENCE_TYPES, type IntelligenceType } from '@colloquy/domain';
import type { Sentence } from '../text/sentences.ts';
import { type Cue, noisyOr } from './cue.ts';
import { FEATURE_REQUEST } from './feature-request.ts';
import { INCOMPLETE_IDEA } from './incomplete-idea.ts';
import { LEARNING_MOMENT } from './learning-moment.ts';
import { PROBLEM_STATEMENT } from './problem-statement.ts';
import { SOLUTION_APPROACH } from './solution-approach.ts';
import { TECHNICAL_DECISION } from './technical-decision.ts';

const CUES: Record<IntelligenceType, readonly Cue[]> = {
  INCOMPLETE_IDEA,
  FEATURE_REQUEST,
  PROBLEM_STATEMENT,
  SOLUTION_APPROACH,
  TECHNICAL_DECISION,
  LEARNING_MOMENT,
};

export type TypeScores = Record<IntelligenceType, number>;

export function isQuestion(sentence: Sentence): boolean {
  return /\?["')\]]*$/.test(sentence.norm);
}

/** What should be done in some event does not say that the event is a problem: "it should warn me when a sync fails". */
const WISHED_IN_EVENT =
  /\b(?:should|must|would|could|let's|i'll|we'll|will|needs? to|has to|want|wants|like|please|add|alert|alerts)\b.{3,}? (?:when(?:ever)?|if|in case|once|unless|until|before) .+$/;
const EVENT = / (?:when(?:ever)?|if|in case|once|unless|until|before) .+$/;

function withoutEvent(norm: string): string {
  return norm.replace(WISHED_IN_EVENT, (wish) => wish.replace(EVENT, ''));
}

/** From this strength on, a sentence decides something, and what follows its first clause is the reason. */
const DECIDES = 0.5;
const REASON = /(?:,| -| because| since| as (?:it|they|we)|: ).*$/;

/** What a sentence says is wrong: neither what may happen, nor the reason that it gives for a decision. */
function complaintIn(norm: string, decision: number): string {
  return withoutEvent(decision >= DECIDES ? norm.replace(REASON, '') : norm);
}

/** The strength of each type's cues in one sentence, 0..1. */
export function cueScores(sentence: Sentence): TypeScores {
  const question = isQuestion(sentence);
  const scores = {} as TypeScores;
  for (const type of INTELLIGENCE_TYPES) scores[type] = noisyOr(CUES[type], sentence.norm, question);
  if (scores.PROBLEM_STATEMENT > 0) {
    const complaint = complaintIn(sentence.norm, scores.TECHNICAL_DECISION);
    if (complaint !== sentence.norm) scores.PROBLEM_STATEMENT = noisyOr(PROBLEM_STATEMENT, complaint, question);
  }
  return scores;
}
