import type { IntelligenceType } from '@colloquy/domain';
import { type Guess, guess } from '../classifier/classifier.ts';
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

/** Probability from which the model proposes an item without a cue. Above 1: never. */
const PROPOSES_FROM: Record<IntelligenceType, number> = {
  SOLUTION_APPROACH: 0.45,
  TECHNICAL_DECISION: 0.4,
  PROBLEM_STATEMENT: 0.38,
  LEARNING_MOMENT: 0.38,
  FEATURE_REQUEST: 0.45,
  INCOMPLETE_IDEA: 2,
};
/** What the model alone proposes stays near the floor: in its own field it is right in about 55 % of cases. */
const MODEL_TRUST = 0.25;

const MIN_WORDS = 4;
const MAX_CHARACTERS = 900;
const MIN_KEY_TERMS = 2;
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
  if (terms < MIN_KEY_TERMS) return 0;
  const rambling =
    (words > 60 ? 0.88 : 1) * (terms < words * 0.16 ? 0.85 : 1) * (BROKEN_OFF.test(sentence.raw) ? 0.88 : 1);
  if (terms === 2) return 0.94 * rambling;
  return terms >= 5 && words <= 45 && rambling === 1 ? 1.06 : rambling;
}

/** Whether a sentence can state anything of its own: long enough, no quotation, no request to the assistant. */
function isEligible({ norm, raw }: Sentence): boolean {
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

/** Clear cues decide; where there are none, the model proposes, when it is sure enough for the type. */
export function combine(sentence: Sentence, cues: Judgement | null, model: Guess | null): Judgement | null {
  if (cues || !model) return cues;
  const threshold = PROPOSES_FROM[model.type];
  if (model.probability < threshold || isQuestion(sentence) || INSTRUCTION.test(sentence.norm)) return null;
  if (substance(sentence, wordCount(sentence.norm)) < 0.9) return null;
  return { type: model.type, confidence: CONFIDENCE_FLOOR + MODEL_TRUST * (model.probability - threshold) };
}

/**
 * The type a sentence states and how sure that is; null when it states none, or nothing of substance.
 *
 * @param technical whether the sentence is from talk about software, which the model has learnt from
 */
export function judge(sentence: Sentence, technical = false): Judgement | null {
  if (!isEligible(sentence)) return null;
  const scores = cueScores(sentence);
  const cues = judgeByCues(sentence, scores);
  return combine(sentence, cues, technical && !cues ? guess(sentence, scores) : null);
}
