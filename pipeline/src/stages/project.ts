import {
  enqueueStage,
  ensureGeneration,
  type Generation,
  inTenant,
  outstanding,
  relationsFinal,
  type StageLease,
  sessionProjectionProgress,
} from '@colloquy/database';
import type { EmbeddingVersion } from '@colloquy/embedding';
import { GraphUnavailableError } from '@colloquy/graph';
import { VectorStoreUnavailableError } from '@colloquy/vectors';
import { type PipelineContext, step } from '../context.ts';
import { projectGraph } from '../projections/graph.ts';
import { inRounds } from '../projections/rounds.ts';
import { projectSearch, searchTarget } from '../projections/search.ts';
import { WaitingError } from '../waiting.ts';

/** How long one job projects before it says how far it is, and how long it rests when there is nothing to do yet. */
const ROUND_MS = 3_000;
const REST_SECONDS = 0.3;
const AWAY_SECONDS = 1;

interface Target {
  version: EmbeddingVersion;
  graph: Generation;
  search: Generation;
}

/** What one store took in, or why it could not. */
interface Outcome {
  projected: number;
  waitingFor: string | null;
}

/**
 * PostgreSQL to Neo4j and Weaviate: whatever is due in the tenant, not in this session alone, since relations reach
 * across. Runs beside the other stages from EXTRACT on; is finished when both stores show everything and answer.
 */
export async function project(context: PipelineContext, lease: StageLease, signal: AbortSignal): Promise<void> {
  const target = await prepare(context, lease);
  const final = await inTenant(context.database, lease, (client) => relationsFinal(client, lease.sessionId));
  const search = await attempt('Weaviate', VectorStoreUnavailableError, () =>
    inRounds(ROUND_MS, signal, () => projectSearch(context, lease, target.version, target.search)),
  );
  // The graph, too, takes what is there: conversations that get relations later are written once more.
  const graph = await attempt('Neo4j', GraphUnavailableError, () =>
    inRounds(ROUND_MS, signal, () => projectGraph(context, lease, target.graph)),
  );
  const indexed = await searchAnswers(context, lease, target, search, final);
  await report(context, lease, target, { search: indexed, graph, final });
}

async function prepare(context: PipelineContext, lease: StageLease): Promise<Target> {
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
  return { version, graph, search };
}

async function attempt(
  store: string,
  away: abstract new (...parameters: never[]) => Error,
  work: () => Promise<number>,
): Promise<Outcome> {
  try {
    return { projected: await work(), waitingFor: null };
  } catch (error) {
    if (error instanceof away) return { projected: 0, waitingFor: `${store}: ${error.message}` };
    throw error;
  }
}

/** At the end the indexing queue must be empty too: until then new vectors might not be found. */
async function searchAnswers(
  context: PipelineContext,
  lease: StageLease,
  target: Target,
  search: Outcome,
  final: boolean,
): Promise<Outcome> {
  if (!final || search.waitingFor !== null || search.projected > 0) return search;
  return attempt('Weaviate', VectorStoreUnavailableError, () => indexing(context, lease, target));
}

/** Vectors that are stored but cannot be found yet. */
async function indexing(context: PipelineContext, lease: StageLease, target: Target): Promise<number> {
  return (await context.vectors.indexingQueueLength(searchTarget(lease, target.version, target.search))) ?? 0;
}

async function report(
  context: PipelineContext,
  lease: StageLease,
  target: Target,
  { search, graph, final }: { search: Outcome; graph: Outcome; final: boolean },
): Promise<void> {
  const { sessionId } = lease;
  const waitingFor = [search.waitingFor, graph.waitingFor].filter((reason) => reason !== null).join('; ') || null;
  const state = await inTenant(context.database, lease, async (client) => ({
    progress: await sessionProjectionProgress(client, sessionId, {
      graph: target.graph.generation,
      search: target.search.generation,
    }),
    due:
      (await outstanding(client, 'GRAPH', target.graph.generation, null, 1)).length +
      (await outstanding(client, 'SEARCH', target.search.generation, target.version.id, 1)).length,
  }));
  const { total } = state.progress;
  const done = state.progress.graph + state.progress.search;
  const complete = final && waitingFor === null && search.projected === 0 && graph.projected === 0 && state.due === 0;
  // An active generation may be swapped by a rebuild while this ran; the next round then sees the new one.
  const finished = complete && state.progress.graph === total && state.progress.search === total;
  const rest = waitingFor === null ? REST_SECONDS : AWAY_SECONDS;
  const changed = finished || done !== lease.done || waitingFor !== lease.waitingFor;
  if (!changed) return inTenant(context.database, lease, (client) => enqueueStage(client, sessionId, 'PROJECT', rest));
  await step(context, lease, async (client) => {
    if (!finished) await enqueueStage(client, sessionId, 'PROJECT', search.projected + graph.projected > 0 ? 0 : rest);
    return { done, total: total * 2, waitingFor, finished };
  });
}
