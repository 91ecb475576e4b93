import type { Embedder, EmbedderConfig } from './embedder.ts';
import { EmbedderConfigError } from './errors.ts';
import { createHashingEmbedder } from './hashing/hashing-embedder.ts';
import { createHttpEmbedder } from './http/http-embedder.ts';
import { createLocalEmbedder } from './local/local-embedder.ts';

/**
 * The embedder that the configuration names.
 * Throws EmbedderUnavailableError when its model is not there yet, EmbedderConfigError when it never will be.
 */
export async function createEmbedder(config: EmbedderConfig): Promise<Embedder> {
  switch (config.kind) {
    case 'local': {
      if (!config.modelFolder) throw new EmbedderConfigError('A local embedder needs `modelFolder`.');
      return createLocalEmbedder({ model: config.model, modelFolder: config.modelFolder, threads: config.threads });
    }
    case 'http': {
      if (!config.url) throw new EmbedderConfigError('An embedder of kind "http" needs `url`.');
      return createHttpEmbedder({ model: config.model, url: config.url, apiKey: config.apiKey });
    }
    case 'hashing':
      return createHashingEmbedder();
  }
}
