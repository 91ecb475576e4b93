import { readProgress } from '@colloquy/database';
import type { ArchiveContext } from '../context.ts';
import type { ProgressEvent } from './progress-event.ts';

/** Events per transaction; transactions stay short however far behind a reader is. */
const BATCH = 200;
/** Readers look for themselves this often, so a lost ring of the bell costs no more. */
const POLL_MS = 1_000;

type Reader = Pick<ArchiveContext, 'store' | 'bell' | 'signal'>;

/**
 * Every event of a session after `after`, in order, each once, as it is written; ends when the session has ended and
 * its last event was given, or when the reader is gone. A session that failed and went on again has not ended.
 */
export async function* followSession(
  { store, bell, signal }: Reader,
  sessionId: string,
  after: number,
): AsyncGenerator<ProgressEvent, void, void> {
  let position = after;
  while (!signal.aborted) {
    // Listening begins before the log is read: what is written in between rings already.
    const awake = new AbortController();
    const ring = bell.wait(sessionId, POLL_MS, AbortSignal.any([signal, awake.signal]));
    try {
      const { events, ended } = await store.transact((client) => readProgress(client, sessionId, position, BATCH));
      for (const event of events) {
        yield { ...event, sessionId };
        position = event.sequence;
      }
      if (ended) return;
      if (events.length < BATCH) await ring;
    } finally {
      awake.abort();
    }
  }
}
