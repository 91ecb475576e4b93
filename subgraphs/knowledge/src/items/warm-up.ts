import { setTimeout as wait } from 'node:timers/promises';
import { type Graph, GraphUnavailableError } from '@colloquy/graph';
import type { Log } from '@colloquy/service';
import type { GraphQLSchema } from 'graphql';
import { readItems } from './library.ts';
import { readDocument } from './read-document.ts';
import type { ItemSelection, SelectedField } from './selection.ts';

const RETRY_MS = 2_000;
/** A tenant that nobody has. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

const leaf: ItemSelection = new Map<string, SelectedField>([['count', { field: 'connectionCount' }]]);
const typical: ItemSelection = new Map<string, SelectedField>([
  ['count', { field: 'connectionCount' }],
  ['dependsOn', { field: 'dependsOn', first: 20, items: leaf }],
  ['relatesTo', { field: 'relatesTo', first: 20, items: leaf }],
]);

/**
 * A Neo4j that was just started takes seconds to plan its first query: this asks one for no item, as soon as it
 * answers. Never rejects; ends early when `signal` fires.
 */
export async function warmUp(
  parts: { graph: Graph; library: GraphQLSchema; log: Log },
  signal: AbortSignal,
): Promise<void> {
  const document = readDocument(typical);
  while (!signal.aborted) {
    try {
      await readItems(parts.graph, parts.library, { tenantId: NOBODY, ids: [], document });
      return;
    } catch (error) {
      if (!(error instanceof GraphUnavailableError)) {
        parts.log.warn({ err: error }, 'the graph could not be warmed up');
        return;
      }
      await wait(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
