import { type Database, registerEmbeddingVersion } from '@colloquy/database';
import { createEmbedder, type Embedder, type EmbedderConfig } from '@colloquy/embedding';
import type { EmbeddingSource } from './context.ts';

/** Loads the model when it is first needed, and asks again later when its files are not there yet. */
export function openEmbedding(
  database: Database,
  config: EmbedderConfig,
): EmbeddingSource & { close(): Promise<void> } {
  let loading: Promise<Embedder> | null = null;

  async function load(): Promise<Embedder> {
    const embedder = await createEmbedder(config);
    await registerEmbeddingVersion(database.pool, embedder.version);
    return embedder;
  }

  const embedder = () => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
  return {
    embedder,
    version: async () => (await embedder()).version,
    async close() {
      const loaded = await loading?.catch(() => null);
      await loaded?.close();
    },
  };
}
