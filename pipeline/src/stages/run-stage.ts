import {
  countFailure,
  DatabaseUnavailableError,
  enqueueStage,
  failSession,
  inTenant,
  LeaseLostError,
  readStage,
  SessionEndedError,
  type StageLease,
  takeStage,
} from '@colloquy/database';
import type { StageJob, WorkStage } from '@colloquy/domain';
import { ArchiveError } from '@colloquy/formats';
import { ObjectStoreError } from '@colloquy/objects';
import { type PipelineContext, step } from '../context.ts';
import { awaitedPart } from '../waiting.ts';
import { embed } from './embed.ts';
import { extract } from './extract.ts';
import { parse } from './parse.ts';
import { project } from './project.ts';
import { relate } from './relate.ts';

/** A stage works until it is finished, or for a while, and then queues what comes next itself. */
export type Stage = (context: PipelineContext, lease: StageLease, signal: AbortSignal) => Promise<void>;

const STAGES: Record<WorkStage, Stage> = {
  PARSE: parse,
  EXTRACT: extract,
  EMBED: embed,
  RELATE: relate,
  PROJECT: project,
};

/** How often a stage may break off unexpectedly in a row before its session fails. */
const MAX_FAILURES = 5;
const WAIT_SECONDS = 1;

const BYTES_GONE = {
  code: 'OBJECT_NOT_FOUND',
  message:
    'The bytes of this archive are gone from the object store. Restore them from a backup and retry, or delete the archive and import the file again. What is stored stays.',
};

/** Runs one job: takes the stage, works, and settles what went wrong. */
export async function runStage(context: PipelineContext, job: StageJob, signal: AbortSignal): Promise<void> {
  const lease = await takeStage(context.database, job.tenantId, job.sessionId, job.stage);
  if (!lease) return;
  try {
    await STAGES[job.stage](context, lease, signal);
  } catch (error) {
    await settle(context, lease, error);
  }
}

async function settle(context: PipelineContext, lease: StageLease, error: unknown): Promise<void> {
  const log = context.log.child({ sessionId: lease.sessionId, stage: lease.stage });
  if (error instanceof LeaseLostError || error instanceof SessionEndedError) {
    log.info({ reason: error.message }, 'stopped working on a stage');
    return;
  }
  // Nothing can be noted without PostgreSQL: the queue itself tries the job again.
  if (error instanceof DatabaseUnavailableError) throw error;
  const waitingFor = awaitedPart(error);
  if (waitingFor !== null) return wait(context, lease, waitingFor);
  if (error instanceof ArchiveError) {
    log.warn({ code: error.code, reason: error.message }, 'the archive cannot be read');
    return fail(context, lease, { code: error.code, message: error.message });
  }
  if (error instanceof ObjectStoreError && error.code === 'OBJECT_NOT_FOUND') {
    log.error({ err: error }, 'the bytes of an archive are gone');
    return fail(context, lease, BYTES_GONE);
  }
  log.error({ err: error }, 'a stage broke off');
  return retry(context, lease, error);
}

async function wait(context: PipelineContext, lease: StageLease, waitingFor: string): Promise<void> {
  const stored = await inTenant(context.database, lease, (client) => readStage(client, lease));
  if (stored.waitingFor !== waitingFor) {
    await step(context, lease, async (client) => {
      await enqueueStage(client, lease.sessionId, lease.stage, WAIT_SECONDS);
      return { done: stored.done, total: stored.total, waitingFor };
    });
    return;
  }
  await inTenant(context.database, lease, (client) => enqueueStage(client, lease.sessionId, lease.stage, WAIT_SECONDS));
}

async function fail(
  context: PipelineContext,
  lease: StageLease,
  failure: { code: string; message: string },
): Promise<void> {
  await inTenant(context.database, lease, (client) => failSession(client, lease.sessionId, failure));
  context.bell.ring(lease.sessionId);
}

async function retry(context: PipelineContext, lease: StageLease, error: unknown): Promise<void> {
  const failures = await inTenant(context.database, lease, async (client) => {
    const count = await countFailure(client, lease);
    if (count < MAX_FAILURES) await enqueueStage(client, lease.sessionId, lease.stage, 2 ** count);
    return count;
  });
  if (failures < MAX_FAILURES) return;
  const reason = error instanceof Error ? error.message : String(error);
  await fail(context, lease, {
    code: 'INTERNAL_ERROR',
    message: `The stage ${lease.stage} broke off ${failures} times in a row (${reason}). What is stored stays; importing the same archive again goes on from here.`,
  });
}
