import { setTimeout as delay } from 'node:timers/promises';
import { checkLease, inTenant, LeaseLostError, SessionEndedError, type StageLease } from '@colloquy/database';
import { type ReadOptions, surveyArchive } from '@colloquy/formats';
import type { ObjectSource } from '@colloquy/objects';
import type { PipelineContext } from '../context.ts';

/** How often a survey looks whether anybody still wants it: it reads the whole archive and takes no step. */
const LOOK_MS = 1_000;

/**
 * Counts the records of the archive. Throws the ArchiveError of a broken one, the reason of the options' signal, and
 * SessionEndedError or LeaseLostError soon after the session was cancelled or another worker took the stage over.
 */
export async function survey(
  context: PipelineContext,
  lease: StageLease,
  source: ObjectSource,
  options: ReadOptions & { signal: AbortSignal },
): Promise<number> {
  const unwanted = new AbortController();
  const over = new AbortController();
  const looking = look(context, lease, over.signal, unwanted);
  try {
    const signal = AbortSignal.any([options.signal, unwanted.signal]);
    return (await surveyArchive(source, { ...options, signal })).conversationCount;
  } finally {
    over.abort();
    await looking;
  }
}

async function look(
  context: PipelineContext,
  lease: StageLease,
  over: AbortSignal,
  unwanted: AbortController,
): Promise<void> {
  while (!unwanted.signal.aborted) {
    // The survey's end ends the pause.
    await delay(LOOK_MS, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) return;
    try {
      await inTenant(context.database, lease, (client) => checkLease(client, lease));
    } catch (error) {
      // Anything else, such as PostgreSQL being away, is for the step that comes after the survey.
      if (error instanceof SessionEndedError || error instanceof LeaseLostError) unwanted.abort(error);
    }
  }
}
