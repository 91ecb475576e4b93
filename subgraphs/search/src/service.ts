import { Counter, createMetrics, type Log } from '@colloquy/service';
import { type RunningService, serveSubgraph } from '@colloquy/service/subgraph';
import { openVectorIndex } from '@colloquy/vectors';
import { createContext } from './context.ts';
import type { SearchEnvironment } from './environment.ts';
import { searchHealth } from './health.ts';
import { QueryEmbedder } from './query-embedder.ts';
import { buildSchema } from './schema/schema.ts';

/** Serves the search subgraph, whether Weaviate and the model are there or not. Rejects when it cannot listen. */
export async function startSearch(settings: SearchEnvironment, log: Log): Promise<RunningService> {
  const metrics = createMetrics('search');
  const exchanges = new Counter({
    name: 'weaviate_exchanges',
    help: 'Exchanges with Weaviate, by what they are for',
    labelNames: ['purpose'],
    registers: [metrics.registry],
  });
  const index = openVectorIndex({
    url: settings.WEAVIATE_URL,
    grpcUrl: settings.WEAVIATE_GRPC_URL,
    apiKey: settings.WEAVIATE_API_KEY,
    log,
    onExchange: (purpose) => exchanges.inc({ purpose }),
  });
  const embedder = new QueryEmbedder({
    kind: settings.EMBEDDER,
    model: settings.EMBEDDER_MODEL,
    modelFolder: settings.EMBEDDER_MODEL_FOLDER,
    url: settings.EMBEDDER_URL,
    apiKey: settings.EMBEDDER_API_KEY,
    // Queries are short and few: a second copy of the model would only take memory.
    threads: 1,
  });
  void embedder.warm();
  return await serveSubgraph({
    name: 'search',
    environment: settings,
    log,
    metrics,
    schema: buildSchema(),
    context: ({ identity }) => createContext({ index, embedder, log }, identity),
    health: () => searchHealth(index, embedder),
    async onDrain() {
      await Promise.all([index.close(), embedder.close()]);
    },
  });
}
