import type { LocalModel } from './models.ts';

/** What an inference thread is started with. */
export interface ThreadData {
  readonly model: LocalModel;
  readonly modelFile: string;
  readonly tokenizerFile: string;
}
export interface InferenceTask {
  readonly id: number;
  readonly texts: readonly string[];
}
export type InferenceReply =
  | { readonly id: number; readonly vectors: Float32Array[] }
  | { readonly id: number; readonly error: string };
/** A thread's first message: the model is loaded. */
export const READY = 'ready';
