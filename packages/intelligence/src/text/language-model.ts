import { createRequire } from 'node:module';
import type { Model, WinkMethods } from 'wink-nlp';

const load = createRequire(import.meta.url);
let methods: WinkMethods | null = null;

/** The English part-of-speech tagger, loaded when it is first asked for (about 0.3 s, 20 MB). */
export function languageModel(): WinkMethods {
  if (methods) return methods;
  const winkNLP = load('wink-nlp') as (model: Model, pipe: string[]) => WinkMethods;
  methods = winkNLP(load('wink-eng-lite-web-model') as Model, ['sbd', 'pos']);
  return methods;
}
