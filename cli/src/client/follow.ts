import { z } from 'zod';
import { type ProgressEvent, progressDocument, progressEvent } from '../operations/progress.ts';
import { isTerminal, readSession } from '../operations/session.ts';
import type { Connection } from './connection.ts';
import { backoffMs, isTransient, pause, retryReason } from './patience.ts';
import { subscribeOnce } from './subscription.ts';

const eventAnswer = z.object({ extractionProgress: progressEvent });

/** Where to begin and what to ask for. */
export interface FollowOptions {
  /** Cursor of the last event seen; null for all of them. */
  after: string | null;
  /** Whether events bring the items that were stored since the one before. */
  withItems: boolean;
}

/**
 * The progress of a session, each sequence number once and in order, until the session will change no more. A lost
 * connection is taken up again at the cursor of the last event; after `connection.patienceMs` without any answer the
 * PlatformUnreachableError is thrown.
 */
export async function* followSession(
  connection: Connection,
  sessionId: string,
  options: FollowOptions,
): AsyncGenerator<ProgressEvent, void, undefined> {
  let after = options.after;
  let last = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let answeredAt = Date.now();
  for (;;) {
    try {
      for await (const event of eventsAfter(connection, sessionId, after, options.withItems)) {
        failures = 0;
        answeredAt = Date.now();
        if (event.sequence <= last) continue;
        last = event.sequence;
        after = event.cursor;
        yield event;
        answeredAt = Date.now();
        if (isTerminal(event.status)) break;
      }
      // An old FAILED event may be followed by later ones when the session was taken up again: its state decides.
      if (await hasEnded(connection, sessionId)) return;
      answeredAt = Date.now();
    } catch (error) {
      if (!isTransient(error) || isOver(connection, answeredAt)) throw error;
      if (failures === 0) connection.onRetry?.(retryReason(error));
    }
    await pause(backoffMs(failures), connection.signal);
    failures += 1;
  }
}

function isOver({ signal, patienceMs }: Connection, answeredAt: number): boolean {
  return (signal?.aborted ?? false) || Date.now() - answeredAt > patienceMs;
}

async function hasEnded(connection: Connection, sessionId: string): Promise<boolean> {
  const session = await readSession({ ...connection, patienceMs: 0 }, sessionId);
  return isTerminal(session.status);
}

async function* eventsAfter(
  connection: Connection,
  sessionId: string,
  after: string | null,
  withItems: boolean,
): AsyncGenerator<ProgressEvent, void, undefined> {
  for await (const data of subscribeOnce(connection, progressDocument(withItems), { sessionId, after })) {
    yield eventAnswer.parse(data).extractionProgress;
  }
}
