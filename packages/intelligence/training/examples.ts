import { featuresOf } from '../src/classifier/features.ts';
import { cueScores } from '../src/cues/score.ts';
import { normaliseForCues } from '../src/text/normalise.ts';
import type { Sentence } from '../src/text/sentences.ts';
import type { Label, LabelledSentence } from './issue-sentences.ts';
import type { Example, Settings } from './logistic.ts';

/** The model's classes. No labelled data exists for INCOMPLETE_IDEA. */
export const LABELS: readonly Label[] = [
  'SOLUTION_APPROACH',
  'TECHNICAL_DECISION',
  'PROBLEM_STATEMENT',
  'LEARNING_MOMENT',
  'FEATURE_REQUEST',
  'NONE',
];

export const SETTINGS: Settings = { classes: LABELS.length, epochs: 12, rate: 0.1, decay: 1e-4, balance: 0.6 };

export function asSentence({ text }: LabelledSentence): Sentence {
  return { start: 0, end: text.length, raw: text, norm: normaliseForCues(text), block: 0 };
}

export function exampleOf(labelled: LabelledSentence): Example {
  const sentence = asSentence(labelled);
  return { features: featuresOf(sentence, cueScores(sentence)), label: LABELS.indexOf(labelled.label) };
}
