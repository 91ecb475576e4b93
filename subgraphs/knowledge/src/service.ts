import { openGraph } from '@colloquy/graph';
import { Counter, createMetrics, type Log, type RunningService, serveSubgraph } from '@colloquy/service';
import { createContext } from './context.ts';
import type { KnowledgeEnvironment } from './environment.ts';
import { graphHealth } from './health.ts';
import { buildLibrarySchema } from './items/library.ts';
import { buildSchema } from './schema/schema.ts';

/** Serves the knowledge subgraph, whether Neo4j answers or not. Rejects when it cannot listen. */
export async function startKnowledge(
  settings: KnowledgeEnvironment,
  log: Log,
  onQuery?: (statement: string) => void,
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
      onQuery?.(statement);
    },
  });
  const library = await buildLibrarySchema();
  return await serveSubgraph({
    name: 'knowledge',
    environment: settings,
    log,
    metrics,
    schema: buildSchema(),
    context: ({ identity }) => createContext({ graph, library, log }, identity),
    health: () => graphHealth(graph),
    onDrain: () => graph.close(),
  });
}
