import {
  activateGeneration,
  clearGeneration,
  DatabaseUnavailableError,
  enqueue,
  ensureGeneration,
  failRun,
  forgetGeneration,
  type Generation,
  generationProgress,
  inTenant,
  LeaseLostError,
  type RunLease,
  type RunStep,
  retiredGenerations,
  retireGeneration,
  runStep,
  takeRun,
} from '@colloquy/database';
import type { RebuildJob } from '@colloquy/domain';
import { EmbedderUnavailableError, type EmbeddingVersion } from '@colloquy/embedding';
import { GraphUnavailableError, NoNextGenerationError } from '@colloquy/graph';
import { VectorStoreUnavailableError } from '@colloquy/vectors';
import type { PipelineContext } from '../context.ts';
import { projectGraph } from './graph.ts';
import { refreshVectors } from './refresh-vectors.ts';
import { inRounds } from './rounds.ts';
import { projectSearch, searchTarget } from './search.ts';

const ROUND_MS = 3_000;

/** A store or the model that is away: the rebuild waits for it, as an import does. */
const AWAY = [GraphUnavailableError, VectorStoreUnavailableError, EmbedderUnavailableError];

/**
 * Builds one tenant's projection anew beside the one that answers, and puts it in its place when it holds everything.
 * Shares a queue with the tenant's PROJECT jobs, so that the two take turns.
 */
export async function rebuildProjection(context: PipelineContext, job: RebuildJob, signal: AbortSignal): Promise<void> {
  const lease = await takeRun(context.database, job.tenantId, job.runId);
  if (!lease) return;
  try {
    const builder =
      lease.projection === 'GRAPH' ? await graphBuilder(context, lease) : await searchBuilder(context, lease, signal);
    const projected = await inRounds(ROUND_MS, signal, builder.round);
    const complete = projected === 0 && !signal.aborted && (await builder.ready());
    if (complete) await builder.swap();
    await advance(context, lease, builder.generation, { waitingFor: null, finished: complete });
  } catch (error) {
    await settle(context, lease, error);
  }
}

interface Builder {
  generation: Generation;
  round(): Promise<number>;
  /** Whether what was written can be found. */
  ready(): Promise<boolean>;
  /** The new generation answers from here on. May be done twice. */
  swap(): Promise<void>;
}

async function graphBuilder(context: PipelineContext, lease: RunLease): Promise<Builder> {
  const { tenantId } = lease;
  const generation = await building(context, lease, null);
  if (generation.generation !== lease.generation) {
    await context.graph.beginNext(tenantId);
    await advance(context, lease, generation, { waitingFor: null, finished: false });
  }
  return {
    generation,
    async round() {
      try {
        return await projectGraph(context, lease, generation);
      } catch (error) {
        if (!(error instanceof NoNextGenerationError)) throw error;
        // Neo4j lost what was being built (its data was replaced): begin again.
        await inTenant(context.database, lease, (client) => clearGeneration(client, 'GRAPH', generation.generation));
        await context.graph.beginNext(tenantId);
        return 1;
      }
    },
    ready: async () => true,
    async swap() {
      await context.graph.swapNext(tenantId).catch((error: unknown) => {
        // Swapped already by an attempt that died before it could say so.
        if (!(error instanceof NoNextGenerationError)) throw error;
      });
      await inTenant(context.database, lease, (client) => activateGeneration(client, 'GRAPH', generation.generation));
    },
  };
}

async function searchBuilder(context: PipelineContext, lease: RunLease, signal: AbortSignal): Promise<Builder> {
  const { tenantId } = lease;
  const embedder = await context.embedding.embedder();
  const { version } = embedder;
  const generation = await building(context, lease, version);
  const target = searchTarget(lease, version, generation);
  // A tenant without a single text has nothing to write, and is to have an empty projection, not none.
  await context.vectors.ensureTenant(target);
  return {
    generation,
    async round() {
      const refreshed = await refreshVectors(context, lease, embedder, signal);
      return refreshed + (await projectSearch(context, lease, version, generation));
    },
    ready: async () => ((await context.vectors.indexingQueueLength(target)) ?? 0) === 0,
    async swap() {
      await context.vectors.activate(target);
      await inTenant(context.database, lease, (client) => activateGeneration(client, 'SEARCH', generation.generation));
      const retired = await inTenant(context.database, lease, (client) => retiredGenerations(client, 'SEARCH'));
      for (const { generation: number, embeddingVersion } of retired) {
        if (embeddingVersion !== null)
          await context.vectors.dropTenant({ tenantId, generation: number, version: embeddingVersion });
        await inTenant(context.database, lease, (client) => forgetGeneration(client, 'SEARCH', number));
      }
    },
  };
}

/** The generation under construction. One that was begun for another embedding version is begun again. */
async function building(
  context: PipelineContext,
  lease: RunLease,
  version: EmbeddingVersion | null,
): Promise<Generation> {
  return inTenant(context.database, lease, async (client) => {
    const found = await ensureGeneration(client, lease.projection, 'BUILDING', version?.id ?? null);
    if (found.embeddingVersion === (version?.id ?? null)) return found;
    await retireGeneration(client, lease.projection, found.generation);
    return ensureGeneration(client, lease.projection, 'BUILDING', version?.id ?? null);
  });
}

async function advance(
  context: PipelineContext,
  lease: RunLease,
  generation: Generation,
  { waitingFor, finished }: Pick<RunStep, 'waitingFor' | 'finished'>,
): Promise<void> {
  await runStep(context.database, lease, async (client) => {
    const progress = await generationProgress(client, lease.projection, generation.generation);
    if (!finished) await requeue(client, lease, 0);
    return { generation: generation.generation, ...progress, waitingFor, finished };
  });
}

function requeue(client: Parameters<typeof enqueue>[0], lease: RunLease, delaySeconds: number): Promise<void> {
  const { tenantId, runId } = lease;
  return enqueue(
    client,
    'rebuild-projection',
    { tenantId, runId },
    { queue: `project:${tenantId}`, key: `run:${runId}`, delaySeconds },
  );
}

async function settle(context: PipelineContext, lease: RunLease, error: unknown): Promise<void> {
  if (error instanceof LeaseLostError) return;
  if (error instanceof DatabaseUnavailableError) throw error;
  const away = AWAY.some((kind) => error instanceof kind);
  const reason = error instanceof Error ? error.message : String(error);
  if (!away) context.log.error({ err: error, runId: lease.runId }, 'a rebuild broke off');
  await inTenant(context.database, lease, async (client) => {
    if (away) return requeue(client, lease, 1);
    await failRun(client, lease, `The rebuild broke off; what answered before still does. ${reason}`);
  });
}
