import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { Tokenizer } from '@huggingface/tokenizers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { LocalModel } from './models.ts';
import { pool } from './pooling.ts';
import { type InferenceReply, type InferenceTask, READY, type ThreadData } from './protocol.ts';

/**
 * Entry of an inference thread. onnxruntime-node computes on the thread that calls it, so it gets its own.
 *
 * Each text is computed alone. The models quantise activations with one scale for the whole batch, so in a batch
 * a text's vector would depend on its company (cosine down to 0.97); alone it is the same every time, needs no padding,
 * and two threads with a text each are faster than one batch over two threads.
 */
const { model, modelFile, tokenizerFile } = workerData as ThreadData;
const port = parentPort;
if (!port) throw new Error('inference-thread.ts runs as a worker thread only.');

const tokenizer = new Tokenizer(JSON.parse(await readFile(tokenizerFile, 'utf8')), {});
const session = await InferenceSession.create(modelFile, {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
});

async function vectorOf(text: string, use: LocalModel): Promise<Float32Array> {
  const ids = tokenIds(text, use.maxTokens);
  const shape = [1, ids.length];
  const output = await session.run({
    input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
    token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), shape),
  });
  const hidden = output.last_hidden_state;
  if (!hidden) throw new Error(`${modelFile} has no output "last_hidden_state".`);
  return pool(hidden.data as Float32Array, use.dimensions, use.pooling);
}

/** Cuts what is too long, but keeps the closing special token, as the model was trained. */
function tokenIds(text: string, maxTokens: number): number[] {
  const { ids } = tokenizer.encode(text);
  return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), ...ids.slice(-1)];
}

port.on('message', async ({ id, texts }: InferenceTask) => {
  try {
    const vectors: Float32Array[] = [];
    for (const text of texts) vectors.push(await vectorOf(text, model));
    const reply: InferenceReply = { id, vectors };
    port.postMessage(
      reply,
      vectors.map((vector) => vector.buffer as ArrayBuffer),
    );
  } catch (error) {
    const reply: InferenceReply = { id, error: error instanceof Error ? error.message : String(error) };
    port.postMessage(reply);
  }
});
port.postMessage(READY);
