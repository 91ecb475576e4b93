/** The BM25 score that is shown as one half. BM25 has no upper end; typical good matches reach 5 to 15. */
const HALF_SCORE = 5;

/** BM25 (0 and up) -> 0..1, in the same order, comparable between pages and queries of equal length. */
export function keywordScore(bm25: number): number {
  const score = Math.max(0, bm25);
  return score / (score + HALF_SCORE);
}

/** Cosine distance (0..2) -> cosine similarity, with opposites counted as unrelated: 0..1. */
export function similarityScore(distance: number): number {
  return clamp(1 - distance);
}

/** Weaviate's relative-score fusion: both parts scaled to 0..1 within the matches, then weighted. */
export function fusedScore(fused: number): number {
  return clamp(fused);
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
