import type { GraphQLFormattedError } from 'graphql';
import type { EventSink } from '../sink.ts';
import type { FeedEvent } from './log.ts';

/** `close` ends the subscription of a client that is too slow; `dropOldest` lets it miss events. */
export type WhenFull = 'close' | 'dropOldest';

export interface QueueRules {
  /** How many events may wait for one client, and how many characters all of them may have. */
  readonly events: number;
  readonly characters: number;
  readonly onFull: WhenFull;
}

/** What serves a member. */
export interface Place {
  /** The member takes what waits for it. */
  drain(member: Member): void;
  leave(member: Member): void;
}

/** One client's subscription: its sink, and the events that wait while it takes none. Their texts are shared. */
export class Member {
  /** Absent once its subscription is over. */
  place: Place | undefined;
  readonly #sink: EventSink;
  readonly #rules: QueueRules;
  /** Absent while the client keeps up. */
  #waiting: FeedEvent[] | undefined;
  /** Characters of what waits. */
  #size = 0;

  constructor(sink: EventSink, rules: QueueRules) {
    this.#sink = sink;
    this.#rules = rules;
  }

  get blocked(): boolean {
    return this.#waiting !== undefined;
  }

  /** False when the queue is full and the event was not taken. */
  take(event: FeedEvent): boolean {
    if (this.#waiting === undefined) {
      if (!this.#sink.next(event.json, event.cursor)) this.#waiting = [];
      return true;
    }
    while (this.#waiting.length > 0 && this.#isFull(this.#waiting, event)) {
      if (this.#rules.onFull === 'close') return false;
      this.#size -= this.#waiting.shift()?.json.length ?? 0;
    }
    this.#waiting.push(event);
    this.#size += event.json.length;
    return true;
  }

  /** One event has room, however large it is. */
  #isFull(waiting: readonly FeedEvent[], { json }: FeedEvent): boolean {
    return waiting.length >= this.#rules.events || this.#size + json.length > this.#rules.characters;
  }

  drain(): void {
    const waiting = this.#waiting ?? [];
    let next = 0;
    for (const event of waiting) {
      next++;
      this.#size -= event.json.length;
      if (!this.#sink.next(event.json, event.cursor)) {
        this.#waiting = waiting.slice(next);
        return;
      }
    }
    this.#waiting = undefined;
  }

  /** Ends the client's subscription. What waits goes first when the source is complete, and is dropped otherwise. */
  end(errors: readonly GraphQLFormattedError[] | undefined): void {
    if (errors === undefined) for (const event of this.#waiting ?? []) this.#sink.next(event.json, event.cursor);
    this.#waiting = undefined;
    this.#sink.end(errors);
  }
}
