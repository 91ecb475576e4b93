import {
  DatabaseUnavailableError,
  type DeletionLease,
  failDeletion,
  inTenant,
  LeaseLostError,
  postponeDeletion,
  takeDeletion,
} from '@colloquy/database';
import type { DeletionJob, DeletionStep } from '@colloquy/domain';
import type { PipelineContext } from '../context.ts';
import { awaitedPart } from '../waiting.ts';
import { derive } from './derive.ts';
import { erase } from './erase.ts';
import { reproject } from './reproject.ts';
import { sweep, unproject } from './unproject.ts';

/** A step works until it is finished, or for a while, and then queues what comes next itself. */
export type Step = (context: PipelineContext, lease: DeletionLease, signal: AbortSignal) => Promise<void>;

const STEPS: Record<DeletionStep, Step> = {
  ERASE: erase,
  UNPROJECT: unproject,
  DERIVE: derive,
  REPROJECT: reproject,
  SWEEP: sweep,
};

const WAIT_SECONDS = 1;

/** Runs one job of a deletion: takes its step, works, and settles what went wrong. */
export async function runDeletion(context: PipelineContext, job: DeletionJob, signal: AbortSignal): Promise<void> {
  const lease = await takeDeletion(context.database, job);
  if (!lease) return;
  try {
    await STEPS[lease.step](context, lease, signal);
  } catch (error) {
    await settle(context, lease, error);
  }
}

async function settle(context: PipelineContext, lease: DeletionLease, error: unknown): Promise<void> {
  const log = context.log.child({ deletionId: lease.deletionId, step: lease.step });
  if (error instanceof LeaseLostError) {
    log.info({ reason: error.message }, 'stopped working on a deletion');
    return;
  }
  // Nothing can be noted without PostgreSQL: the queue itself tries the job again.
  if (error instanceof DatabaseUnavailableError) throw error;
  const waitingFor = awaitedPart(error);
  if (waitingFor !== null) {
    return inTenant(context.database, lease, (client) => postponeDeletion(client, lease, waitingFor, WAIT_SECONDS));
  }
  log.error({ err: error }, 'a deletion broke off');
  const message = error instanceof Error ? error.message : String(error);
  await inTenant(context.database, lease, (client) => failDeletion(client, lease, message));
}
