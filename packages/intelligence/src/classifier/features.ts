import { INTELLIGENCE_TYPES } from '@colloquy/domain';
import type { TypeScores } from '../cues/score.ts';
import type { Sentence } from '../text/sentences.ts';

/** Hash buckets for words and word pairs. */
export const BUCKETS = 8192;
/** Features beside the hashed ones: a cue score per type, then the shape of the sentence. */
export const DENSE = INTELLIGENCE_TYPES.length + 8;

/** Sparse features: indices below BUCKETS are hashed, the others dense. */
export interface Features {
  indices: number[];
  values: number[];
}

const TOKEN = /[a-z]+(?:'[a-z]+)?|\d+|[?!:\uFFFC\uFFFD]/g;

/** FNV-1a over UTF-16 code units. */
function bucketOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % BUCKETS;
}

function shapeOf({ norm }: Sentence, tokens: readonly string[]): number[] {
  return [
    1,
    norm.endsWith('?') ? 1 : 0,
    Math.min(1, tokens.length / 40),
    tokens.length < 6 ? 1 : 0,
    norm.includes('\uFFFC') ? 1 : 0,
    norm.includes('\uFFFD') ? 1 : 0,
    /\b(?:i|my|me)\b/.test(norm) ? 1 : 0,
    /\b(?:you|your)\b/.test(norm) ? 1 : 0,
  ];
}

/** Words and word pairs of a sentence (length-normalised), its cue scores and its shape. */
export function featuresOf(sentence: Sentence, cues: TypeScores): Features {
  const tokens = (sentence.norm.match(TOKEN) ?? []).map((token) => (/^\d/.test(token) ? '0' : token)).slice(0, 60);
  const hashed = new Set<number>();
  for (const [at, token] of tokens.entries()) {
    hashed.add(bucketOf(token));
    hashed.add(bucketOf(`${tokens[at - 1] ?? '^'} ${token}`));
  }
  const weight = 1 / Math.sqrt(Math.max(1, hashed.size));
  const indices = [...hashed];
  const values = indices.map(() => weight);
  const dense = [...INTELLIGENCE_TYPES.map((type) => cues[type]), ...shapeOf(sentence, tokens)];
  for (const [at, value] of dense.entries())
    if (value !== 0) {
      indices.push(BUCKETS + at);
      values.push(value);
    }
  return { indices, values };
}
