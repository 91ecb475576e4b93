import type { GraphQLFormattedError } from 'graphql';
import { Feed, type Upstream } from './feed.ts';
import { History } from './history.ts';
import type { FeedEvent, Position } from './log.ts';
import type { Member } from './member.ts';

/** What the source of a group is like. */
export interface SourceRules {
  /** Events have cursors, and a subscription can begin behind each of them: the source is a log. */
  readonly resumable: boolean;
  /** Where a subscription without a cursor begins in the log; absent when nobody said. */
  readonly withoutCursor: 'earliest' | 'latest' | undefined;
  /** How many events are kept for those who come later; fewer than a client's queue may hold. */
  readonly history: number;
}

/**
 * Subscriptions that want the same events: one text for one identity. The main feed serves all but those of a log that
 * stand elsewhere in it; these have feeds of their own until their position is one that the main feed has passed or
 * reaches. Only equal cursors say that two feeds stand at the same place, so nobody misses an event or gets one twice.
 */
export class Group {
  readonly #rules: SourceRules;
  readonly #open: (feed: Feed) => Upstream;
  readonly #onEmpty: () => void;
  readonly #history: History;
  /** Feeds elsewhere in the log, by their position. */
  readonly #apart = new Map<Position, Feed>();
  #main: Feed | undefined;

  /**
   * `open` subscribes at the subgraph, behind the feed's position; events are to arrive later than it returns. `onEmpty`
   * is called when nobody is left.
   */
  constructor(rules: SourceRules, { open, onEmpty }: { open(feed: Feed): Upstream; onEmpty(): void }) {
    this.#rules = rules;
    this.#open = open;
    this.#onEmpty = onEmpty;
    this.#history = new History(rules.history);
  }

  get empty(): boolean {
    return this.#main === undefined;
  }

  feeds(): Feed[] {
    return this.#main ? [this.#main, ...this.#apart.values()] : [];
  }

  /** Delivers the events after `position` to the members, who all stand there. */
  join(members: Iterable<Member>, position: Position): void {
    const main = this.#main;
    if (!main) {
      this.#history.restart(position);
      this.#main = this.#openFeed(members, position);
      return;
    }
    if (!this.#rules.resumable || (position === null && this.#rules.withoutCursor === 'latest')) {
      for (const member of members) main.add(member);
      return;
    }
    for (const member of members) this.#joinLog(main, member, position);
  }

  #joinLog(main: Feed, member: Member, position: Position): void {
    const missed = this.#missed(position);
    // A queue with events in it may have no room for those that were missed.
    if (missed && (missed.length === 0 || !member.blocked)) {
      this.#catchUp(main, member, missed);
      return;
    }
    const apart = this.#apart.get(position);
    if (apart) apart.add(member);
    else this.#apart.set(position, this.#openFeed([member], position));
  }

  /** What one who stands at `position` lacks of what the main feed delivered; undefined when that cannot be told. */
  #missed(position: Position): readonly FeedEvent[] | undefined {
    const missed = this.#history.after(position);
    // Without a cursor the subgraph may begin at the first event of the log, or behind the last.
    const guess = position === null && missed?.length !== 0 && this.#rules.withoutCursor === undefined;
    return guess ? undefined : missed;
  }

  #catchUp(main: Feed, member: Member, missed: readonly FeedEvent[]): void {
    main.add(member);
    for (const event of missed) main.give(member, event);
  }

  /** The next event of a feed. Gives the members that had no room for it; they are let go. */
  event(feed: Feed, event: FeedEvent): Member[] {
    const { cursor } = event;
    // A log that was resumed may begin with the event that its cursor names.
    if (feed.closed || (this.#rules.resumable && cursor !== undefined && cursor === feed.position)) return [];
    const slow: Member[] = [];
    for (const member of feed.members) if (!feed.give(member, event)) slow.push(member);
    if (feed === this.#main) this.#mainMoved(feed, event);
    else if (cursor !== undefined) this.#otherMoved(feed, cursor);
    for (const member of slow) member.place?.leave(member);
    return slow;
  }

  #mainMoved(main: Feed, event: FeedEvent): void {
    if (!this.#rules.resumable || event.cursor === undefined) return;
    main.position = event.cursor;
    // Nobody comes back to a feed that ended with its only member.
    if (main.members.size > 1 || this.#apart.size > 0) this.#history.push(event);
    else this.#history.restart(event.cursor);
    const met = this.#apart.get(event.cursor);
    if (met) this.#merge(met, main, []);
  }

  #otherMoved(feed: Feed, cursor: string): void {
    const main = this.#main;
    this.#apart.delete(feed.position);
    feed.position = cursor;
    const missed = this.#history.after(cursor);
    const met = this.#apart.get(cursor);
    if (main && missed && (missed.length === 0 || feed.flows)) this.#merge(feed, main, missed);
    else if (met) this.#merge(feed, met, []);
    else this.#apart.set(cursor, feed);
  }

  #merge(from: Feed, into: Feed, missed: readonly FeedEvent[]): void {
    for (const member of [...from.members]) {
      from.remove(member);
      into.add(member);
      for (const event of missed) into.give(member, event);
    }
    this.#close(from);
  }

  /** A feed came to its end, and with it those whom it served. */
  ended(feed: Feed, errors: readonly GraphQLFormattedError[] | undefined): Member[] {
    if (feed.closed) return [];
    const members = [...feed.members];
    for (const member of members) feed.remove(member);
    this.#close(feed);
    for (const member of members) member.end(errors);
    return members;
  }

  /** Ends every feed and gives up their members, each with the position from which it is to go on. */
  dissolve(): { members: Member[]; position: Position }[] {
    return this.feeds().map((feed) => {
      const members = [...feed.members];
      for (const member of members) feed.remove(member);
      this.#close(feed);
      return { members, position: feed.position };
    });
  }

  #openFeed(members: Iterable<Member>, position: Position): Feed {
    const feed = new Feed(position, (empty) => this.#close(empty));
    for (const member of members) feed.add(member);
    feed.upstream = this.#open(feed);
    return feed;
  }

  #close(feed: Feed): void {
    feed.closed = true;
    feed.upstream?.close();
    if (this.#apart.get(feed.position) === feed) this.#apart.delete(feed.position);
    if (this.#main !== feed) return;
    const [next] = this.#apart.values();
    this.#main = next;
    if (!next) {
      this.#onEmpty();
      return;
    }
    this.#apart.delete(next.position);
    this.#history.restart(next.position);
  }
}
