/** Names a space of vectors: vectors of two versions must never be compared. */
export interface EmbeddingVersion {
  /** Such as `minilm-l6-v2-q.1`; letters, digits, `.` and `-` only. Grows by one when the same model is used differently. */
  readonly id: string;
  readonly model: string;
  readonly dimensions: number;
  /** Longest text, in tokens of the model (its special tokens included), that becomes one vector; the rest is cut off. */
  readonly maxTokens: number;
}

/** A piece of a text that becomes one vector: `text === source.slice(start, end)`, in UTF-16 code units. */
export interface TextChunk {
  /** 0-based position among the chunks of its text. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Text becomes vectors of unit length, so that their dot product is their cosine. */
export interface Embedder {
  readonly version: EmbeddingVersion;
  /** One vector per text, in order. A text longer than `maxTokens` is cut; `chunk` says where to divide it first. */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  /** The vector of a question; goes before texts that wait in `embed`, and some models word a question differently. */
  embedQuery(text: string): Promise<Float32Array>;
  /** Windows of at most `maxTokens` that together hold every character that is not blank; a blank text has none. */
  chunk(text: string): TextChunk[];
  /** Releases threads and memory; calls that wait are rejected. */
  close(): Promise<void>;
}

/** What to embed with. `url` and `apiKey` belong to `http`, `modelFolder` and `threads` to `local`. */
export interface EmbedderConfig {
  readonly kind: 'local' | 'http' | 'hashing';
  readonly model: string;
  /** Folder that holds `<model>/model.onnx` and `<model>/tokenizer.json`. */
  readonly modelFolder?: string | undefined;
  /** Base address of an OpenAI-compatible service, such as `https://api.openai.com/v1`. */
  readonly url?: string | undefined;
  readonly apiKey?: string | undefined;
  /** Inference threads, each with a copy of the model; by default one per core, four at most. */
  readonly threads?: number | undefined;
}
