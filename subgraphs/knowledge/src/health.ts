import { setTimeout as wait } from 'node:timers/promises';
import type { Graph } from '@colloquy/graph';
import type { PartHealth } from '@colloquy/service';

/** Less than the 2 s that a readiness probe waits. */
const PATIENCE_MS = 1_500;

/** Asks Neo4j. A graph that is away makes its fields null; the subgraph itself goes on serving. */
export async function graphHealth(graph: Graph): Promise<PartHealth[]> {
  const over = new AbortController();
  const late = wait(PATIENCE_MS, false, { signal: over.signal }).catch(() => false);
  const answers = await Promise.race([
    graph.ping().then(
      () => true,
      () => false,
    ),
    late,
  ]);
  over.abort();
  return [answers ? { name: 'neo4j', state: 'healthy' } : { name: 'neo4j', state: 'failed', detail: 'no answer' }];
}
