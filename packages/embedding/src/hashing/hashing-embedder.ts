import { chunkText } from '../chunk/chunk-text.ts';
import type { ChunkLimits } from '../chunk/words.ts';
import type { Embedder } from '../embedder.ts';
import { toUnitLength } from '../unit-vector.ts';

const DIMENSIONS = 384;
const MAX_TOKENS = 256;
const GRAM = 4;
/** Parts of words carry inflections and misspellings; whole words carry the meaning. */
const GRAM_WEIGHT = 0.3;

/**
 * Feature hashing of words and parts of words: no model, no download, the same everywhere.
 * It knows no synonyms: what it finds, keywords find as well (package README: measured quality).
 */
export function createHashingEmbedder(): Embedder {
  const limits: ChunkLimits = { maxTokens: MAX_TOKENS, maxLength: MAX_TOKENS * 10, countTokens: countWords };
  return {
    version: { id: 'hashing-384.1', model: 'hashing', dimensions: DIMENSIONS, maxTokens: MAX_TOKENS },
    embed: async (texts) => texts.map(vectorOf),
    embedQuery: async (text) => vectorOf(text),
    chunk: (text) => chunkText(text, limits),
    close: async () => {},
  };
}

function vectorOf(text: string): Float32Array {
  const counts = new Map<string, number>();
  for (const word of wordsIn(text)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    const padded = `<${word}>`;
    for (let at = 0; at + GRAM <= padded.length; at++) {
      const gram = `#${padded.slice(at, at + GRAM)}`;
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
  }
  const vector = new Float32Array(DIMENSIONS);
  for (const [feature, count] of counts) {
    const hash = fnv1a(feature);
    const axis = hash % DIMENSIONS;
    const sign = (hash >>> 16) & 1 ? 1 : -1;
    const weight = (1 + Math.log(count)) * (feature.startsWith('#') ? GRAM_WEIGHT : 1);
    vector[axis] = (vector[axis] as number) + sign * weight;
  }
  return toUnitLength(vector);
}

function wordsIn(text: string): string[] {
  return (
    text
      .toLowerCase()
      .normalize('NFKC')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}]+|[^\p{L}\p{N}\s]/gu)?.length ?? 0;
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
