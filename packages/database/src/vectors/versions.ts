import type { Pool } from 'pg';

/** What fixes a vector's meaning: model, dimensions, and how texts are cut for it. */
export interface EmbeddingVersionRow {
  id: string;
  model: string;
  dimensions: number;
  maxTokens: number;
}

/** Makes the version known, before the first vector refers to it. */
export async function registerEmbeddingVersion(pool: Pool, version: EmbeddingVersionRow): Promise<void> {
  await pool.query(
    `INSERT INTO intelligence.embedding_versions (id, model, dimensions, max_tokens) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING`,
    [version.id, version.model, version.dimensions, version.maxTokens],
  );
}
