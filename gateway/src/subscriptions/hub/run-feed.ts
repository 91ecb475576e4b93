import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '@colloquy/service';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { SubscriptionsConfig } from '../../config/subscriptions.ts';
import type { SubgraphAnswer } from '../../executor/fetch.ts';
import { createClientErrors } from '../../operation/client-errors.ts';
import { OperationFailedError, SubgraphUnavailableError } from '../../upstream/errors.ts';
import type { Feed, Upstream } from './feed.ts';
import type { LiveSubscription } from './live-subscription.ts';
import type { FeedEvent } from './log.ts';

/** Subscribes at a subgraph behind the feed's position. `onSubscribe` is called once the subgraph has been asked. */
export type OpenSource = (
  live: LiveSubscription,
  feed: Feed,
  onSubscribe: () => void,
) => Promise<AsyncIterator<SubgraphAnswer, void>>;

export interface FeedOptions {
  openSource: OpenSource;
  resubscribe: SubscriptionsConfig['resubscribe'];
  deliver(feed: Feed, event: FeedEvent): void;
  end(feed: Feed, errors: readonly GraphQLFormattedError[] | undefined): void;
  log: Log;
}

const FIRST_DELAY_MILLISECONDS = 100;
/** An upstream that held for this long was well. */
const STABLE_MILLISECONDS = 10_000;

/**
 * Keeps a feed supplied: takes the events of its source one by one, completes and delivers them. When the source is
 * lost and can be resumed, it is opened again behind the last event that was delivered.
 */
export function runFeed(live: LiveSubscription, feed: Feed, options: FeedOptions): Upstream {
  const { openSource, resubscribe, deliver, end, log } = options;
  const closing = new AbortController();
  let source: AsyncIterator<SubgraphAnswer, void> | undefined;
  let wake: (() => void) | undefined;
  let subscribedAt: number | undefined;
  let lostAt: number | undefined;
  let attempts = 0;

  async function run(): Promise<void> {
    while (!feed.closed) {
      try {
        await read();
        if (!feed.closed) end(feed, undefined);
        return;
      } catch (error) {
        if (feed.closed) return;
        if (!mayResume(error)) {
          end(feed, errorsForClient(error));
          return;
        }
        log.info({ err: error, subgraph: live.prepared.source.subgraph, attempts }, 'a subscription lost its subgraph');
        await pause();
      }
    }
  }

  async function read(): Promise<void> {
    subscribedAt = undefined;
    source = await openSource(live, feed, () => {
      subscribedAt = Date.now();
    });
    if (feed.closed) void source.return?.();
    for (let event = await source.next(); !event.done && !feed.closed; event = await source.next()) {
      await take(event.value);
    }
  }

  async function take(event: SubgraphAnswer): Promise<void> {
    // Without data it is no event: the subgraph refuses the subscription.
    if (event.data === undefined && event.errors) throw new OperationFailedError(event.errors);
    const cursor = live.resumption?.cursorOf(event);
    const json = await live.prepared.complete(event, live.context);
    lostAt = undefined;
    attempts = 0;
    deliver(feed, { json, cursor });
    while (feed.standsStill && !feed.closed) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  function mayResume(error: unknown): boolean {
    if (!live.resumption || !isTemporary(error, resubscribe.codes)) return false;
    const now = Date.now();
    if (subscribedAt !== undefined && now - subscribedAt > STABLE_MILLISECONDS) {
      lostAt = undefined;
      attempts = 0;
    }
    lostAt ??= now;
    return now - lostAt < resubscribe.giveUpMilliseconds;
  }

  async function pause(): Promise<void> {
    const left = (lostAt ?? Date.now()) + resubscribe.giveUpMilliseconds - Date.now();
    const longest = Math.min(FIRST_DELAY_MILLISECONDS * 2 ** attempts++, resubscribe.longestDelayMilliseconds, left);
    // Many lose a subgraph at the same time, and should not all come back at the same time.
    await delay(longest * (0.5 + Math.random() / 2), undefined, { signal: closing.signal }).catch(() => undefined);
  }

  function errorsForClient(error: unknown): readonly GraphQLFormattedError[] {
    const { subgraph } = live.prepared.source;
    const mask = createClientErrors({ log, requestId: live.context.requestId });
    if (error instanceof OperationFailedError) {
      return error.errors.map((failure) => mask.fromSubgraph({ error: failure, subgraph }));
    }
    const raised = error instanceof GraphQLError ? error.toJSON() : { message: 'The subscription broke off.' };
    return [mask.fromSubgraph({ error: raised, cause: error })];
  }

  run().catch((error: unknown) => log.error({ err: error }, 'a subscription could not be served'));
  return {
    close() {
      closing.abort();
      void source?.return?.();
      wake?.();
    },
    resume: () => wake?.(),
  };
}

/** Whether the subgraph may well serve the subscription in a moment. */
function isTemporary(error: unknown, codes: readonly string[]): boolean {
  if (error instanceof SubgraphUnavailableError) return true;
  return (
    error instanceof OperationFailedError &&
    error.errors.some(({ extensions }) => codes.includes(String(extensions?.code)))
  );
}
