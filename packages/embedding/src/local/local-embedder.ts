import { access, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { chunkText } from '../chunk/chunk-text.ts';
import type { ChunkLimits } from '../chunk/words.ts';
import type { Embedder } from '../embedder.ts';
import { EmbedderConfigError, EmbedderUnavailableError } from '../errors.ts';
import { InferencePool } from './inference-pool.ts';
import { LOCAL_MODELS } from './models.ts';

/** Texts per message to a thread: few enough that a question in between waits no longer than a few hundredths of a second. */
const SLICE = 8;
/** `[CLS]` and `[SEP]` around the content. */
const SPECIAL_TOKENS = 2;
const MAX_DEFAULT_THREADS = 4;

interface LocalConfig {
  readonly model: string;
  readonly modelFolder: string;
  readonly threads?: number | undefined;
}

/** An ONNX model on this machine. The same text has the same vector, bit for bit, whatever is embedded beside it. */
export async function createLocalEmbedder(config: LocalConfig): Promise<Embedder> {
  const model = LOCAL_MODELS[config.model];
  if (!model) {
    const known = Object.keys(LOCAL_MODELS).join(', ');
    throw new EmbedderConfigError(`Expected a local model (${known}), got "${config.model}".`);
  }
  const modelFile = await existing(config, 'model.onnx');
  const tokenizerFile = await existing(config, 'tokenizer.json');
  const tokenizer = await loadTokenizer(tokenizerFile);
  const threads = config.threads ?? Math.min(MAX_DEFAULT_THREADS, availableParallelism());
  const pool = await InferencePool.start({ model, modelFile, tokenizerFile }, Math.max(1, threads));

  const limits: ChunkLimits = {
    maxTokens: model.maxTokens - SPECIAL_TOKENS,
    maxLength: model.maxTokens * 10,
    countTokens: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids.length,
  };
  const { versionId: id, dimensions, maxTokens } = model;
  return {
    version: { id, model: config.model, dimensions, maxTokens },
    embed: (texts) => embedAll(pool, texts),
    async embedQuery(text) {
      const [vector] = await pool.run([model.queryPrefix + text], true);
      return vector as Float32Array;
    },
    chunk: (text) => chunkText(text, limits),
    close: () => pool.close(),
  };
}

/** Computes each distinct text once; longest first, so that the threads end together. */
async function embedAll(pool: InferencePool, texts: readonly string[]): Promise<Float32Array[]> {
  const distinct = [...new Set(texts)].sort((a, b) => b.length - a.length);
  const vectors = new Map<string, Float32Array>();
  const slices: Promise<void>[] = [];
  for (let at = 0; at < distinct.length; at += SLICE) {
    const slice = distinct.slice(at, at + SLICE);
    slices.push(
      pool.run(slice).then((computed) => {
        for (const [index, text] of slice.entries()) vectors.set(text, computed[index] as Float32Array);
      }),
    );
  }
  await Promise.all(slices);
  return texts.map((text) => vectors.get(text) as Float32Array);
}

async function existing(config: LocalConfig, file: string): Promise<string> {
  const path = join(config.modelFolder, config.model, file);
  try {
    await access(path);
  } catch (cause) {
    throw new EmbedderUnavailableError(`The embedding model ${config.model} is not there yet: ${path} is missing.`, {
      cause,
    });
  }
  return path;
}

async function loadTokenizer(file: string): Promise<Tokenizer> {
  try {
    return new Tokenizer(JSON.parse(await readFile(file, 'utf8')), {});
  } catch (cause) {
    throw new EmbedderUnavailableError(`The tokenizer ${file} cannot be loaded.`, { cause });
  }
}
