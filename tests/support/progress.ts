import type { Client } from 'graphql-ws';

/** What an event must carry to be followed. */
export interface ProgressEvent {
  cursor: string;
  sequence: number;
  status: string;
  stage: string;
  fraction: number;
  waitingFor: string | null;
  newItems: { id: string; title: string; connectionCount: number | null; similar: { score: number }[] | null }[];
}

export const PROGRESS = `subscription ($session: ID!, $after: String) {
  extractionProgress(sessionId: $session, after: $after) {
    cursor sequence status stage fraction waitingFor
    newItems { id title connectionCount similar(first: 2) { score } }
  }
}`;

export const isTerminal = (event: { status: string }) => ['COMPLETED', 'FAILED', 'CANCELLED'].includes(event.status);

/**
 * Follows a session until it ends, with a new connection after every break, from the last cursor. `onEvent` may ask for
 * the socket to be cut by answering `cut`. Throws after `limitMs`.
 */
export async function follow(
  connect: () => Client,
  session: string,
  options: { limitMs: number; onEvent?(event: ProgressEvent): 'cut' | undefined },
): Promise<ProgressEvent[]> {
  const events: ProgressEvent[] = [];
  const end = Date.now() + options.limitMs;
  while (Date.now() < end) {
    const last = events.at(-1);
    if (last && isTerminal(last)) return events;
    const client = connect();
    try {
      await followOnce(client, session, last?.cursor ?? null, (event) => {
        events.push(event);
        return options.onEvent?.(event);
      });
    } catch {
      // The connection broke: that is what following on is for.
      await new Promise((resolve) => setTimeout(resolve, 200));
    } finally {
      await client.dispose();
    }
  }
  throw new Error(
    `Session ${session} did not end within ${options.limitMs} ms; the last event was ${JSON.stringify(events.at(-1))}.`,
  );
}

function followOnce(
  client: Client,
  session: string,
  after: string | null,
  hear: (event: ProgressEvent) => 'cut' | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    client.subscribe<{ extractionProgress: ProgressEvent }>(
      { query: PROGRESS, variables: { session, after } },
      {
        next(result) {
          const event = result.data?.extractionProgress;
          if (!event) return reject(new Error(JSON.stringify(result.errors)));
          if (hear(event) === 'cut') client.terminate();
        },
        error: reject,
        complete: resolve,
      },
    );
  });
}
