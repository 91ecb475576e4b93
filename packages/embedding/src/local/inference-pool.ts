import { EmbeddingFailedError } from '../errors.ts';
import { InferenceThread } from './inference-thread-client.ts';
import type { ThreadData } from './protocol.ts';

interface Task {
  readonly texts: readonly string[];
  resolve(vectors: Float32Array[]): void;
  reject(error: unknown): void;
}

/** A few inference threads with one queue. A thread that died is replaced when there is work for it. */
export class InferencePool {
  readonly #data: ThreadData;
  readonly #size: number;
  readonly #idle: InferenceThread[] = [];
  readonly #queue: Task[] = [];
  readonly #threads = new Set<InferenceThread>();
  #starting = 0;
  #closed = false;

  private constructor(data: ThreadData, size: number) {
    this.#data = data;
    this.#size = size;
  }

  /** Loads the model once, so that a model that cannot be loaded is known at once; further threads start with the work. */
  static async start(data: ThreadData, size: number): Promise<InferencePool> {
    const pool = new InferencePool(data, size);
    const first = await InferenceThread.start(data);
    pool.#threads.add(first);
    pool.#idle.push(first);
    return pool;
  }

  /** `urgent` work goes before all that waits. */
  run(texts: readonly string[], urgent = false): Promise<Float32Array[]> {
    if (this.#closed) return Promise.reject(closedError());
    return new Promise((resolve, reject) => {
      const task: Task = { texts, resolve, reject };
      if (urgent) this.#queue.unshift(task);
      else this.#queue.push(task);
      this.#dispatch();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const task of this.#queue.splice(0)) task.reject(closedError());
    await Promise.all([...this.#threads].map((thread) => thread.stop()));
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const thread = this.#idle.pop();
      if (!thread) break;
      const task = this.#queue.shift();
      if (task) void this.#work(thread, task);
    }
    const wanted = Math.min(this.#size - this.#threads.size, this.#queue.length) - this.#starting;
    for (let i = 0; i < wanted; i++) void this.#grow();
  }

  async #work(thread: InferenceThread, task: Task): Promise<void> {
    try {
      task.resolve(await thread.run(task.texts));
    } catch (error) {
      task.reject(error);
    }
    if (thread.failed) this.#threads.delete(thread);
    else this.#idle.push(thread);
    this.#dispatch();
  }

  async #grow(): Promise<void> {
    this.#starting++;
    try {
      const thread = await InferenceThread.start(this.#data);
      if (this.#closed) return await thread.stop();
      this.#threads.add(thread);
      this.#idle.push(thread);
    } catch (error) {
      // With no thread at all nobody would ever take the queue; with one, it goes on more slowly.
      if (this.#threads.size === 0) for (const task of this.#queue.splice(0)) task.reject(error);
    } finally {
      this.#starting--;
    }
    this.#dispatch();
  }
}

function closedError(): EmbeddingFailedError {
  return new EmbeddingFailedError('The embedder was closed.');
}
