import type { IntelligenceType } from '@colloquy/domain';
import { type Guess, guess } from '../classifier/classifier.ts';
import type { ModelUse } from '../classifier/technical-talk.ts';
import { cueScores, isQuestion, type TypeScores } from '../cues/score.ts';
import type { Sentence } from '../text/sentences.ts';
import { keyTerms } from '../text/terms.ts';

/** What a sentence states, read on its own. */
export interface Judgement {
  type: IntelligenceType;
  /** 0..1 */
  confidence: number;
}

/** An item below this confidence is not emitted. */
export const CONFIDENCE_FLOOR = 0.45;

/** Ties go to the type that commits its speaker more. */
const PRECEDENCE: readonly IntelligenceType[] = [
  'TECHNICAL_DECISION',
  'LEARNING_MOMENT',
  'PROBLEM_STATEMENT',
  'FEATURE_REQUEST',
  'SOLUTION_APPROACH',
  'INCOMPLETE_IDEA',
];

/** Probability from which the model proposes an item in a chat. Above 1: never. */
const PROPOSES_FROM: Record<IntelligenceType, number> = {
  SOLUTION_APPROACH: 0.45,
  TECHNICAL_DECISION: 0.3,
  PROBLEM_STATEMENT: 0.34,
  LEARNING_MOMENT: 0.32,
  FEATURE_REQUEST: 0.32,
  INCOMPLETE_IDEA: 2,
};
/** Cues as clear as this stand against the model. */
const CLEAR_CUE: Record<ModelUse, number> = { never: 0, sparingly: 0.65, freely: 0.85 };
/** Cues of these types yield to the model in a chat; what somebody commits to or wishes is for the cues to say. */
const YIELDS: ReadonlySet<IntelligenceType> = new Set(['PROBLEM_STATEMENT', 'LEARNING_MOMENT', 'SOLUTION_APPROACH']);
/** In a chat, the model must be as sure as this to overrule a weaker cue. */
const OVERRULES_FROM = 0.45;
/** What the model alone proposes stays near the floor: in its own field it is right in about 55 % of cases. */
const MODEL_TRUST = 0.25;

/** What the model proposes in a chat must be about something. */
const MIN_SUBSTANCE = 0.85;
const MIN_WORDS = 4;
const MAX_CHARACTERS = 900;
const MIN_KEY_TERMS = 2;
/** A sentence about a single thing must say something of it. */
const MIN_WORDS_ABOUT_ONE = 6;
const MIN_WORDS_OF_RAMBLING = 12;
/** Talk that was taken down as it broke off. */
const BROKEN_OFF = /\{disfmarker\}\s*[.,]?$|\b(?:and|but|or|so|that|to|the|a|if)\s*[.,]?$/i;
const INSTRUCTION =
  /^(?:(?:ok|okay|now|so|and|great|thanks|hi|hello|hey|also)[,!. ]+)*(?:please )?(?:(?:can|could|would|will) you (?:please |also |now )*)?(?:help|explain|write|give|tell|show|describe|summari[sz]e|translate|generate|list|draft|compose|rewrite|rephrase|define|compare|act as|imagine|pretend|continue|analy[sz]e|calculate|suggest|recommend|create|make me|find me|answer|let me know|look at|check|review|convert|proofread|format|elaborate|expand|respond|reply|remember|do you (?:know|have|think|want|need))\b/;
const META =
  /\b(?:as an ai|language model|(?:i )?hope (?:this|that) helps|let me know if|feel free to|happy to help|i can help|i'd be (?:happy|glad)|would you like me|do you want me)\b/;

function wordCount(text: string): number {
  let count = 0;
  for (const part of text.split(' ')) if (/[a-z0-9]/.test(part)) count += 1;
  return count;
}

function strongest(scores: TypeScores): { type: IntelligenceType; score: number; runnerUp: number } {
  let type: IntelligenceType = 'INCOMPLETE_IDEA';
  let score = 0;
  let runnerUp = 0;
  for (const candidate of PRECEDENCE) {
    const value = scores[candidate];
    if (value > score + 1e-9) {
      runnerUp = score;
      score = value;
      type = candidate;
    } else if (value > runnerUp) runnerUp = value;
  }
  return { type, score, runnerUp };
}

/** A sentence about nothing in particular ("that would be nice") is worth little, one that rambles on a little less. */
function substance(sentence: Sentence, words: number): number {
  const terms = keyTerms(sentence.norm.replaceAll('\uFFFC', 'code')).size;
  if (terms === 0 || (terms < MIN_KEY_TERMS && words < MIN_WORDS_ABOUT_ONE)) return 0;
  const rambling =
    (words > 60 ? 0.88 : 1) *
    (words > MIN_WORDS_OF_RAMBLING && terms < words * 0.16 ? 0.85 : 1) *
    (BROKEN_OFF.test(sentence.raw) ? 0.88 : 1);
  if (terms < MIN_KEY_TERMS) return 0.88 * rambling;
  if (terms === 2) return 0.94 * rambling;
  return terms >= 5 && words <= 45 && rambling === 1 ? 1.06 : rambling;
}

/** Whether a sentence can state anything of its own: long enough, no quotation, no request to the assistant. */
export function isEligible({ norm, raw }: Sentence): boolean {
  if (norm.length < 12 || raw.length > MAX_CHARACTERS || wordCount(norm) < MIN_WORDS) return false;
  return !META.test(norm) && !/^["“].*["”][.,]?$/s.test(raw);
}

/** What the cues say; null when no clear enough cue, or nothing of substance, is there. */
export function judgeByCues(sentence: Sentence, scores: TypeScores): Judgement | null {
  const { type, score, runnerUp } = strongest(scores);
  if (score < CONFIDENCE_FLOOR / 1.06) return null;
  if (INSTRUCTION.test(sentence.norm) && score < 0.6) return null;
  const ambiguity = runnerUp > score - 0.1 ? 0.95 : 1;
  const doubt = isQuestion(sentence) ? 0.96 : 1;
  const confidence = Math.min(0.95, score * substance(sentence, wordCount(sentence.norm)) * ambiguity * doubt);
  return confidence >= CONFIDENCE_FLOOR ? { type, confidence } : null;
}

function mayPropose(sentence: Sentence, { type, probability }: Guess): boolean {
  if (probability < PROPOSES_FROM[type] || isQuestion(sentence) || INSTRUCTION.test(sentence.norm)) return false;
  return substance(sentence, wordCount(sentence.norm)) >= MIN_SUBSTANCE;
}

/**
 * Clear cues decide; elsewhere the model may propose and overrule weak cues: freely in a thread, where it is sure enough
 * for the type in a chat.
 */
export function combine(
  sentence: Sentence,
  cues: Judgement | null,
  model: Guess | null,
  use: ModelUse,
): Judgement | null {
  if (!model || (cues && cues.confidence >= CLEAR_CUE[use])) return cues;
  if (use === 'sparingly') {
    if (cues && (!YIELDS.has(cues.type) || cues.type === model.type || model.probability < OVERRULES_FROM)) return cues;
    if (!mayPropose(sentence, model)) return cues;
  }
  return { type: model.type, confidence: CONFIDENCE_FLOOR + MODEL_TRUST * model.probability ** 2 };
}

/**
 * The type a sentence states and how sure that is; null when it states none, or nothing of substance.
 *
 * @param use how far the model may be trusted in the talk that the sentence is from
 */
export function judge(sentence: Sentence, use: ModelUse = 'never'): Judgement | null {
  return isEligible(sentence) ? judgeEligible(sentence, use, guess) : null;
}

/** The judgement of a sentence long enough to state something, by cues and the given model. */
export function judgeEligible(
  sentence: Sentence,
  use: ModelUse,
  model: (sentence: Sentence, cues: TypeScores) => Guess | null,
): Judgement | null {
  const scores = cueScores(sentence);
  const cues = judgeByCues(sentence, scores);
  const undecided = use !== 'never' && (cues === null || cues.confidence < CLEAR_CUE[use]);
  return combine(sentence, cues, undecided ? model(sentence, scores) : null, use);
}
