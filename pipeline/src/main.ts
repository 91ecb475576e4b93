import { openBell, openDatabase, startJobRunner, workerApplicationName } from '@colloquy/database';
import { openGraph } from '@colloquy/graph';
import { openObjectStore } from '@colloquy/objects';
import { createLifecycle, createLog, createMetrics, drainOnSignals, serveMetrics } from '@colloquy/service';
import { openVectorIndex } from '@colloquy/vectors';
import type { PipelineContext } from './context.ts';
import { cleanUp, planCleanUp } from './deletions/clean-up.ts';
import { runDeletion } from './deletions/run-deletion.ts';
import { openEmbedding } from './embedding-source.ts';
import { environment } from './environment.ts';
import { observeJobs } from './observe.ts';
import { rebuildProjection } from './projections/rebuild.ts';
import { runStage } from './stages/run-stage.ts';

/** The queue reports every job it finishes as info. */
const QUEUE_LEVELS = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;

/** The worker: opens the stores, takes jobs, and lets go of everything in reverse order. */
const settings = environment();
const log = createLog({ name: 'worker', level: settings.LOG_LEVEL });
const lifecycle = createLifecycle(log);
const applicationName = workerApplicationName();

const database = openDatabase({
  url: settings.DATABASE_URL,
  applicationName,
  maxConnections: settings.WORKER_CONCURRENCY * 2 + 2,
  onIdleError: (error) => log.warn({ err: error }, 'an idle connection to PostgreSQL broke'),
});
const bell = openBell(settings.REDIS_URL, (error) => log.debug({ err: error }, 'Redis is away; readers poll'));
const graph = openGraph({ url: settings.NEO4J_URL, user: settings.NEO4J_USER, password: settings.NEO4J_PASSWORD, log });
const vectors = openVectorIndex({
  url: settings.WEAVIATE_URL,
  grpcUrl: settings.WEAVIATE_GRPC_URL,
  apiKey: settings.WEAVIATE_API_KEY,
});
const embedding = openEmbedding(database, {
  kind: settings.EMBEDDER,
  model: settings.EMBEDDER_MODEL,
  modelFolder: settings.EMBEDDER_MODEL_FOLDER,
  url: settings.EMBEDDER_URL,
  apiKey: settings.EMBEDDER_API_KEY,
});
const context: PipelineContext = {
  database,
  bell,
  objects: openObjectStore(settings.OBJECT_STORE_URL, {
    onHousekeepingError: (error) => log.warn({ err: error }, 'remains of broken uploads could not be removed'),
  }),
  graph,
  vectors,
  embedding,
  log,
};
const metrics = createMetrics('worker');
const observed = observeJobs(metrics, {
  'session-stage': (payload, signal) => runStage(context, payload, signal),
  'rebuild-projection': (payload, signal) => rebuildProjection(context, payload, signal),
  deletion: (payload, signal) => runDeletion(context, payload, signal),
  'clean-up': (_payload, signal) => cleanUp(context, signal),
});

const metricsServer = await serveMetrics(metrics, { host: settings.HOST, port: settings.METRICS_PORT });
const runner = await startJobRunner(
  database,
  { url: settings.DATABASE_URL, applicationName },
  {
    concurrency: settings.WORKER_CONCURRENCY,
    handlers: observed,
    onMessage: (level, message) => log[QUEUE_LEVELS[level]](message),
    onFatal(error) {
      // Whoever started this process starts it again; its jobs are taken over meanwhile.
      log.fatal({ err: error }, 'the worker cannot go on');
      process.exit(1);
    },
  },
);
lifecycle.serve([
  { name: 'jobs', run: () => runner.stop() },
  { name: 'metrics', run: (deadline) => metricsServer.close(deadline) },
  { name: 'embedder', run: () => embedding.close() },
  {
    name: 'stores',
    run: () => Promise.all([graph.close(), vectors.close(), database.close()]).then(() => bell.close()),
  },
]);
await planCleanUp(context);
drainOnSignals(lifecycle, log);
log.info({ metricsUrl: metricsServer.url, applicationName }, 'listening');
