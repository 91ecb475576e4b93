import type { FeedEvent, Position } from './log.ts';

const NOTHING: readonly FeedEvent[] = [];

/** However many events there may be, no more of their texts is kept. */
export const HISTORY_CHARACTERS = 1024 * 1024;

/** The last events of a log, by which one who comes later, or comes again, is brought to where the others are. */
export class History {
  readonly #limit: number;
  readonly #events: FeedEvent[] = [];
  #before: Position = null;
  /** Characters of the events. */
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Forgets everything: the log goes on behind `position`. */
  restart(position: Position): void {
    this.#events.length = 0;
    this.#size = 0;
    this.#before = position;
  }

  push(event: FeedEvent): void {
    this.#events.push(event);
    this.#size += event.json.length;
    while (this.#events.length > this.#limit || this.#size > HISTORY_CHARACTERS) {
      const oldest = this.#events.shift();
      this.#size -= oldest?.json.length ?? 0;
      this.#before = oldest?.cursor ?? this.#before;
    }
  }

  /** The events after a position; undefined when it is not known. */
  after(position: Position): readonly FeedEvent[] | undefined {
    for (let index = this.#events.length - 1; index >= 0; index--) {
      if (this.#events[index]?.cursor === position) {
        return index === this.#events.length - 1 ? NOTHING : this.#events.slice(index + 1);
      }
    }
    return this.#before === position ? this.#events : undefined;
  }
}
