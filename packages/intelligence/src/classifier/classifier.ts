import type { IntelligenceType } from '@colloquy/domain';
import type { TypeScores } from '../cues/score.ts';
import type { Sentence } from '../text/sentences.ts';
import { BUCKETS, DENSE, featuresOf } from './features.ts';
import { CLASS_SCALES, CLASSES, WEIGHTS } from './weights.ts';

const WIDTH = BUCKETS + DENSE;

let decoded: Int8Array | null = null;

/** Class after class, each WIDTH signed bytes; decoded when first asked for. */
function weights(): Int8Array {
  decoded ??= new Int8Array(Buffer.from(WEIGHTS, 'base64'));
  return decoded;
}

export interface Guess {
  type: IntelligenceType;
  /** 0..1 */
  probability: number;
}

/** What a linear model over words, word pairs and cue scores takes a sentence for; null when for no item. */
export function guess(sentence: Sentence, cues: TypeScores): Guess | null {
  const { indices, values } = featuresOf(sentence, cues);
  const table = weights();
  const scores = CLASSES.map((_, cls) => {
    let sum = 0;
    for (let k = 0; k < indices.length; k += 1) sum += (table[cls * WIDTH + (indices[k] ?? 0)] ?? 0) * (values[k] ?? 0);
    return sum * (CLASS_SCALES[cls] ?? 0);
  });
  const peak = Math.max(...scores);
  const best = CLASSES[scores.indexOf(peak)];
  if (best === undefined || best === 'NONE') return null;
  const total = scores.reduce((sum, score) => sum + Math.exp(score - peak), 0);
  return { type: best, probability: 1 / total };
}
