import type { PartHealth } from '@colloquy/service';
import type { VectorIndex } from '@colloquy/vectors';
import type { QueryEmbedder } from './query-embedder.ts';

/** Neither part is required: without Weaviate search answers STORE_UNAVAILABLE, without the model only KEYWORD works. */
export async function searchHealth(index: VectorIndex, embedder: QueryEmbedder): Promise<PartHealth[]> {
  if (embedder.state !== 'ready') void embedder.warm();
  const weaviate: PartHealth = (await index.ready())
    ? { name: 'weaviate', state: 'healthy' }
    : { name: 'weaviate', state: 'failed', detail: 'no answer' };
  return [weaviate, modelHealth(embedder)];
}

function modelHealth({ state }: QueryEmbedder): PartHealth {
  if (state === 'ready') return { name: 'embedding model', state: 'healthy' };
  const detail = state === 'idle' ? 'loading; only keyword search works' : 'not there yet; only keyword search works';
  return { name: 'embedding model', state: 'degraded', detail };
}
