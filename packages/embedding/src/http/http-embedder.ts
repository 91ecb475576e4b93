import { chunkText } from '../chunk/chunk-text.ts';
import type { ChunkLimits } from '../chunk/words.ts';
import type { Embedder } from '../embedder.ts';
import { EmbedderUnavailableError, EmbeddingFailedError } from '../errors.ts';
import { toUnitLength } from '../unit-vector.ts';
import { requestEmbeddings, type Service } from './request-embeddings.ts';

/** Inputs per request, and requests at a time. */
const BATCH = 64;
const PARALLEL = 4;
/** The service's tokenizer is unknown; no common one makes more tokens than one per two bytes of prose in any script. */
const MAX_TOKENS = 512;
const BYTES_PER_TOKEN = 2;

interface HttpConfig {
  readonly model: string;
  readonly url: string;
  readonly apiKey?: string | undefined;
}

/**
 * An OpenAI-compatible `/embeddings` endpoint. It is asked once at the start, to learn the length of its vectors.
 * Throws EmbedderUnavailableError when it cannot be reached or refuses.
 */
export async function createHttpEmbedder(config: HttpConfig): Promise<Embedder> {
  const service: Service = {
    address: `${config.url.replace(/\/+$/u, '')}/embeddings`,
    model: config.model,
    apiKey: config.apiKey,
  };
  const closed = new AbortController();
  const dimensions = await probe(service, closed.signal);
  const limits: ChunkLimits = {
    maxTokens: MAX_TOKENS,
    maxLength: MAX_TOKENS * 10,
    countTokens: (text) =>
      text.split(/\s+/u).reduce((sum, word) => sum + Math.ceil(Buffer.byteLength(word) / BYTES_PER_TOKEN), 0),
  };

  const embed = async (texts: readonly string[]): Promise<Float32Array[]> => {
    const distinct = [...new Set(texts)];
    const vectors = new Map<string, Float32Array>();
    const starts = Array.from({ length: Math.ceil(distinct.length / BATCH) }, (_, index) => index * BATCH);
    const lane = async () => {
      for (let at = starts.shift(); at !== undefined; at = starts.shift()) {
        const batch = distinct.slice(at, at + BATCH);
        const computed = await requestEmbeddings(service, batch, closed.signal);
        for (const [index, text] of batch.entries()) vectors.set(text, checked(computed[index], dimensions));
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, lane));
    return texts.map((text) => vectors.get(text) as Float32Array);
  };
  return {
    version: { id: versionId(config.model, dimensions), model: config.model, dimensions, maxTokens: MAX_TOKENS },
    embed,
    async embedQuery(text) {
      const [vector] = await embed([text]);
      return vector as Float32Array;
    },
    chunk: (text) => chunkText(text, limits),
    async close() {
      closed.abort(new EmbeddingFailedError('The embedder was closed.'));
    },
  };
}

async function probe(service: Service, signal: AbortSignal): Promise<number> {
  try {
    const [vector] = await requestEmbeddings(service, ['dimension'], signal);
    return (vector as number[]).length;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EmbedderUnavailableError(`The embedding service does not answer. ${reason}`, { cause });
  }
}

function checked(vector: readonly number[] | undefined, dimensions: number): Float32Array {
  if (vector?.length === dimensions) return toUnitLength(Float32Array.from(vector));
  throw new EmbeddingFailedError(`Expected a vector of ${dimensions} numbers, got ${vector?.length ?? 'none'}.`);
}

function versionId(model: string, dimensions: number): string {
  const name = model.toLowerCase().replace(/[^a-z0-9.]+/gu, '-');
  return `http-${name}-${dimensions}.1`;
}
