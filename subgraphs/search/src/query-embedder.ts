import { createEmbedder, type Embedder, type EmbedderConfig } from '@colloquy/embedding';

export interface QueryVector {
  readonly vector: Float32Array;
  /** Id of the embedding version that the vector belongs to. */
  readonly version: string;
}

/** After a failure the model is looked for again, but not more often than this. */
const RETRY_MS = 1_000;

/** Embeds queries with a model that may come later: while it is missing, each try says so, and then it works. */
export class QueryEmbedder {
  readonly #config: EmbedderConfig;
  #embedder: Promise<Embedder> | null = null;
  #state: 'idle' | 'ready' | 'failed' = 'idle';
  #failedAt = Number.NEGATIVE_INFINITY;

  constructor(config: EmbedderConfig) {
    this.#config = config;
  }

  get state(): 'idle' | 'ready' | 'failed' {
    return this.#state;
  }

  /** Throws EmbedderUnavailableError while the model is not there. */
  async embedQuery(text: string): Promise<QueryVector> {
    const embedder = await this.#open();
    return { vector: await embedder.embedQuery(text), version: embedder.version.id };
  }

  /** Loads the model ahead of the first query; a missing one is no error here. */
  async warm(): Promise<void> {
    await Promise.allSettled([this.#open()]);
  }

  async close(): Promise<void> {
    const [opened] = await Promise.allSettled([this.#embedder]);
    if (opened.status === 'fulfilled') await opened.value?.close();
  }

  #open(): Promise<Embedder> {
    const stale = this.#state === 'failed' && performance.now() - this.#failedAt > RETRY_MS;
    if (!this.#embedder || stale) {
      this.#state = 'idle';
      this.#embedder = createEmbedder(this.#config);
      this.#embedder.then(
        () => {
          this.#state = 'ready';
        },
        () => {
          // Whoever asked gets the error; here only its time counts.
          this.#state = 'failed';
          this.#failedAt = performance.now();
        },
      );
    }
    return this.#embedder;
  }
}
