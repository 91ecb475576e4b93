import {
  type Bell,
  type Database,
  refreshStatistics,
  type StageLease,
  type StageStep,
  stageStep,
  type TenantClient,
} from '@colloquy/database';
import type { Embedder, EmbeddingVersion } from '@colloquy/embedding';
import type { Graph } from '@colloquy/graph';
import type { ObjectStore } from '@colloquy/objects';
import type { Log } from '@colloquy/service';
import type { VectorIndex } from '@colloquy/vectors';

/** What the stages work with. */
export interface PipelineContext {
  database: Database;
  bell: Bell;
  objects: ObjectStore;
  graph: Graph;
  vectors: VectorIndex;
  embedding: EmbeddingSource;
  log: Log;
}

/** The embedder, once its model is there. */
export interface EmbeddingSource {
  /** Throws EmbedderUnavailableError while the model is not there yet. */
  embedder(): Promise<Embedder>;
  /** Which space of vectors is in use. Throws as above. */
  version(): Promise<EmbeddingVersion>;
}

/** A step of a stage; once it is committed, whoever watches the session is woken. */
export async function step(
  context: PipelineContext,
  lease: StageLease,
  work: (client: TenantClient) => Promise<StageStep>,
): Promise<StageStep> {
  const done = await stageStep(context.database, lease, work);
  context.bell.ring(lease.sessionId);
  await refreshStatistics(context.database).catch((error: unknown) => {
    // The step is done, and slower plans are no harm to what it stored.
    context.log.warn(
      { err: error, sessionId: lease.sessionId },
      'the statistics of large tables could not be gathered',
    );
  });
  return done;
}
