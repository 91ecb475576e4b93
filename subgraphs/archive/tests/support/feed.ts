import type { Claims, TestArchive } from './archive.ts';

/** An event of the progress feed as a client gets it. */
export interface FeedEvent {
  cursor: string;
  sequence: number;
  status: string;
  stage: string;
  fraction: number;
  itemCount: number;
  newItems: { id: string; title: string }[];
  session: { id: string; status: string };
}

/** A subscription over a socket of its own. */
export interface Feed {
  events: FeedEvent[];
  /** Resolves with the errors that ended the feed, or null when it completed; rejects when the socket was cut. */
  ended: Promise<{ message: string; extensions?: Record<string, unknown> }[] | null>;
  /** Resolves when that many events are here. */
  seen(count: number): Promise<void>;
  cut(): void;
}

const SUBSCRIPTION = `subscription ($sessionId: ID!, $after: String) { extractionProgress(sessionId: $sessionId, after: $after) {
  cursor sequence status stage fraction itemCount newItems { id title } session { id status } } }`;

/** Subscribes as the gateway does: graphql-transport-ws, the identity in `connection_init`. */
export async function openFeed(
  archive: TestArchive,
  who: Claims,
  variables: { sessionId: string; after?: string | undefined },
): Promise<Feed> {
  const identity = await archive.token(who);
  const socket = new WebSocket(`${archive.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const events: FeedEvent[] = [];
  let notice: () => void = () => undefined;
  const say = (message: object) => socket.send(JSON.stringify(message));
  socket.addEventListener('open', () => say({ type: 'connection_init', payload: { identity } }));
  const ended: Feed['ended'] = new Promise((resolve, reject) => {
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data));
      if (message.type === 'connection_ack')
        say({ id: '1', type: 'subscribe', payload: { query: SUBSCRIPTION, variables } });
      if (message.type === 'ping') say({ type: 'pong' });
      if (message.type === 'next' && message.payload.errors) resolve(message.payload.errors);
      else if (message.type === 'next') events.push(message.payload.data.extractionProgress);
      if (message.type === 'error') resolve(message.payload);
      if (message.type === 'complete') resolve(null);
      notice();
    });
    socket.addEventListener('close', () => reject(new Error('the socket was closed')));
  });
  ended.finally(() => socket.close()).catch(() => undefined);
  return {
    events,
    ended,
    seen: (count) =>
      new Promise((resolve) => {
        notice = () => {
          if (events.length >= count) resolve();
        };
        notice();
      }),
    cut: () => socket.close(),
  };
}
