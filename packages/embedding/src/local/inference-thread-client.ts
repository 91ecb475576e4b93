import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { EmbedderUnavailableError, EmbeddingFailedError } from '../errors.ts';
import type { InferenceReply, ThreadData } from './protocol.ts';

/** One inference thread as its owner sees it. It keeps the process alive only while it computes. */
export class InferenceThread {
  readonly #worker: Worker;
  #sequence = 0;
  #waiting: { id: number; resolve(vectors: Float32Array[]): void; reject(error: Error): void } | null = null;
  #failure: Error | null = null;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (reply: InferenceReply) => this.#settle(reply));
    worker.on('error', (error) => this.#fail(error));
    worker.on('exit', () => this.#fail(new Error('The inference thread ended.')));
    worker.unref();
  }

  /** Throws EmbedderUnavailableError when the model cannot be loaded (a file that is still being written, say). */
  static async start(data: ThreadData): Promise<InferenceThread> {
    const worker = new Worker(new URL('./inference-thread.ts', import.meta.url), { workerData: data });
    try {
      await Promise.race([once(worker, 'message'), once(worker, 'exit').then(refuseExit)]);
    } catch (cause) {
      throw new EmbedderUnavailableError(`The model ${data.modelFile} cannot be loaded.`, { cause });
    }
    return new InferenceThread(worker);
  }

  get failed(): boolean {
    return this.#failure !== null;
  }

  /** Vectors of a few texts. One call at a time. */
  run(texts: readonly string[]): Promise<Float32Array[]> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#waiting) throw new Error('An inference thread takes one task at a time.');
    const id = ++this.#sequence;
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting = { id, resolve, reject };
      this.#worker.postMessage({ id, texts });
    });
  }

  async stop(): Promise<void> {
    this.#fail(new EmbeddingFailedError('The embedder was closed.'));
    await this.#worker.terminate();
  }

  #settle(reply: InferenceReply): void {
    const waiting = this.#waiting;
    if (waiting?.id !== reply.id) return;
    this.#waiting = null;
    this.#worker.unref();
    if ('vectors' in reply) waiting.resolve(reply.vectors);
    else waiting.reject(new EmbeddingFailedError(reply.error));
  }

  #fail(cause: Error): void {
    this.#failure ??=
      cause instanceof EmbeddingFailedError ? cause : new EmbeddingFailedError(cause.message, { cause });
    this.#waiting?.reject(this.#failure);
    this.#waiting = null;
  }
}

function refuseExit([code]: unknown[]): never {
  throw new Error(`The inference thread ended with ${code}.`);
}
