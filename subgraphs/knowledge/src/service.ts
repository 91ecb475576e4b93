import { openGraph } from '@colloquy/graph';
import { Counter, createMetrics, type Log } from '@colloquy/service';
import { type RunningService, serveSubgraph } from '@colloquy/service/subgraph';
import { createContext } from './context.ts';
import type { KnowledgeEnvironment } from './environment.ts';
import { graphHealth } from './health.ts';
import { buildLibrarySchema } from './items/library.ts';
import { warmUp } from './items/warm-up.ts';
import { buildSchema } from './schema/schema.ts';

export interface KnowledgeOptions {
  /** Called with each Cypher statement that is sent. */
  onQuery?: (statement: string) => void;
  /** Whether Neo4j is made to plan a query before the first client waits for one. Default true. */
  warm?: boolean;
}

/** Serves the knowledge subgraph, whether Neo4j answers or not. Rejects when it cannot listen. */
export async function startKnowledge(
  settings: KnowledgeEnvironment,
  log: Log,
  options: KnowledgeOptions = {},
): Promise<RunningService> {
  const metrics = createMetrics('knowledge');
  const queries = new Counter({
    name: 'neo4j_queries',
    help: 'Cypher statements that were sent',
    registers: [metrics.registry],
  });
  const graph = openGraph({
    url: settings.NEO4J_URL,
    user: settings.NEO4J_USER,
    password: settings.NEO4J_PASSWORD,
    log,
    onQuery: (statement) => {
      queries.inc();
      options.onQuery?.(statement);
    },
  });
  const library = await buildLibrarySchema();
  const leaving = new AbortController();
  const warmed = options.warm === false ? undefined : warmUp({ graph, library, log }, leaving.signal);
  return await serveSubgraph({
    name: 'knowledge',
    environment: settings,
    log,
    metrics,
    schema: buildSchema(),
    context: ({ identity }) => createContext({ graph, library, log }, identity),
    health: () => graphHealth(graph),
    onDrain: async () => {
      leaving.abort();
      await warmed;
      await graph.close();
    },
  });
}
