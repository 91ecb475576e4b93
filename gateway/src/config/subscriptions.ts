import { z } from 'zod';

const count = z.number().int().min(1);
const milliseconds = z.number().int().min(1);

/** How a root field of Subscription is resumed: each event has a cursor, and an argument takes one. */
const resumeRule = z.strictObject({
  /** The argument that takes the cursor of the last event. */
  argument: z.string().min(1),
  /** Where an event has its cursor: a field of the root field's type, or a path of fields such as `page.cursor`. */
  cursor: z.string().min(1),
  /** Which event comes first when no cursor is given: the first of all, or the next to happen. Not assumed when absent. */
  withoutCursor: z.enum(['earliest', 'latest']).optional(),
});
export type ResumeRule = z.infer<typeof resumeRule>;

/** Subscriptions, and the sockets and streams that carry them; docs/gateway/subscriptions.md explains every setting. */
export const subscriptionsConfig = z
  .strictObject({
    /** Whether identical subscriptions of one identity are served from one upstream. */
    share: z.boolean().default(true),
    /** Root fields whose subscriptions each keep an upstream of their own. */
    neverShare: z.array(z.string()).default([]),
    /** How many events may wait for one client, and what happens to a client for whom there is no more room. */
    queue: z
      .strictObject({
        events: count.default(100),
        /** Of their texts in all; one event may wait whatever its length. */
        characters: z
          .number()
          .int()
          .min(1024 * 1024)
          .default(16 * 1024 * 1024),
        onFull: z.enum(['close', 'dropOldest']).default('close'),
      })
      .prefault({}),
    /** Root fields that can be resumed. */
    resume: z.record(z.string(), resumeRule).default({}),
    /** How many of the last events of a shared subscription are kept for clients that come back. */
    historyEvents: z.number().int().min(0).default(50),
    /** When a resumable subscription loses its subgraph. */
    resubscribe: z
      .strictObject({
        giveUpMilliseconds: milliseconds.default(60_000),
        longestDelayMilliseconds: milliseconds.default(5000),
        /** Codes of errors with which a subgraph says that it is to be tried again. */
        codes: z.array(z.string()).default(['SERVICE_UNAVAILABLE', 'SERVICE_TIMEOUT']),
      })
      .prefault({}),
    /** Over how long subscriptions move to a new schema. */
    moveMilliseconds: z.number().int().min(0).default(10_000),
    /** How often a subgraph is asked for a sign of life; without one until the next time it is lost. */
    upstreamPingMilliseconds: milliseconds.default(12_000),
    /** Of clients' WebSockets and event streams. */
    clients: z
      .strictObject({
        /** Sockets and event streams at a time. */
        connections: count.default(50_000),
        /** The same from one address; behind a proxy all clients have its address. */
        connectionsPerAddress: count.optional(),
        operationsPerSocket: count.default(100),
        pingMilliseconds: milliseconds.default(12_000),
        /** A socket without any operation for this long is closed. */
        idleMilliseconds: milliseconds.default(600_000),
      })
      .prefault({}),
  })
  .refine(({ historyEvents, queue }) => historyEvents <= queue.events, {
    message: 'expected no more than queue.events',
    path: ['historyEvents'],
  });
export type SubscriptionsConfig = z.infer<typeof subscriptionsConfig>;
