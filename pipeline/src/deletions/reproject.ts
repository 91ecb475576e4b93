import {
  type DeletionLease,
  deletionStep,
  ensureGeneration,
  inTenant,
  postponeDeletion,
  unprojectedConversations,
} from '@colloquy/database';
import type { PipelineContext } from '../context.ts';
import { projectGraph } from '../projections/graph.ts';
import { inRounds } from '../projections/rounds.ts';
import { projectSearch } from '../projections/search.ts';
import { WaitingError } from '../waiting.ts';

const ROUND_MS = 3_000;
const REST_SECONDS = 0.3;

/** Brings what was derived anew into Neo4j and Weaviate. Then the deletion is completed. */
export async function reproject(context: PipelineContext, lease: DeletionLease, signal: AbortSignal): Promise<void> {
  const version = await context.embedding.version();
  const { graph, search } = await inTenant(context.database, lease, async (client) => ({
    graph: await ensureGeneration(client, 'GRAPH', 'ACTIVE', null),
    search: await ensureGeneration(client, 'SEARCH', 'ACTIVE', version.id),
  }));
  if (search.embeddingVersion !== version.id) {
    throw new WaitingError(
      `search: it was built with the embedding ${search.embeddingVersion}, now ${version.id} is set. Run \`npx colloquy rebuild search\`, or set the former EMBEDDER_MODEL again.`,
    );
  }
  const projected =
    (await inRounds(ROUND_MS, signal, () => projectGraph(context, lease, graph))) +
    (await inRounds(ROUND_MS, signal, () => projectSearch(context, lease, version, search)));
  const due = await inTenant(context.database, lease, (client) =>
    unprojectedConversations(client, lease.deletionId, { graph: graph.generation, search: search.generation }),
  );
  if (due > 0) {
    const rest = projected > 0 ? 0 : REST_SECONDS;
    return inTenant(context.database, lease, (client) => postponeDeletion(client, lease, null, rest));
  }
  await deletionStep(context.database, lease, async () => ({ next: 'SWEEP' }));
}
