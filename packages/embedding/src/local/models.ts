/** How a local model is used; changing any of it needs a new version id, because the vectors change. */
export interface LocalModel {
  readonly versionId: string;
  readonly dimensions: number;
  /** Tokens per window. Both models take 512; 256 is what they were trained near, and finds passages more exactly. */
  readonly maxTokens: number;
  /** What of the token vectors becomes the vector of the text: their mean, or that of the first token. */
  readonly pooling: 'mean' | 'first-token';
  readonly queryPrefix: string;
}

/** The quantised ONNX models that the local stack can install. */
export const LOCAL_MODELS: Readonly<Record<string, LocalModel>> = {
  'all-MiniLM-L6-v2': {
    versionId: 'minilm-l6-v2-q.1',
    dimensions: 384,
    maxTokens: 256,
    pooling: 'mean',
    queryPrefix: '',
  },
  'bge-small-en-v1.5': {
    versionId: 'bge-small-en-v1.5-q.1',
    dimensions: 384,
    maxTokens: 256,
    pooling: 'first-token',
    queryPrefix: 'Represent this sentence for searching relevant passages: ',
  },
};
