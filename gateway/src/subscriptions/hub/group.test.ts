import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Feed } from './feed.ts';
import { Group, type SourceRules } from './group.ts';
import type { FeedEvent, Position } from './log.ts';
import { Member, type QueueRules } from './member.ts';

/** A client that writes down what it gets, and takes more or asks for a pause as it is told. */
class Client {
  readonly got: number[] = [];
  readonly from: number;
  readonly member: Member;
  takes = true;
  ended: 'complete' | 'failed' | undefined;

  constructor(from: number, queue: QueueRules = { events: 6, characters: 1000, onFull: 'close' }) {
    this.from = from;
    this.member = new Member(
      {
        next: (json) => {
          if (this.ended) throw new Error('an event after the end');
          this.got.push(Number(json));
          return this.takes;
        },
        end: (errors) => {
          this.ended = errors ? 'failed' : 'complete';
        },
      },
      queue,
    );
  }
}

const positionOf = (sequence: number): Position => (sequence === 0 ? null : `c${sequence}`);
const sequenceOf = (position: Position) => (position === null ? 0 : Number(position.slice(1)));
const eventOf = (sequence: number): FeedEvent => ({ json: String(sequence), cursor: `c${sequence}` });

/** A log from which every feed reads at its own pace. */
class World {
  readonly clients: Client[] = [];
  readonly open = new Set<Feed>();
  opened = 0;
  last = 0;
  group: Group;
  readonly #rules: SourceRules;

  constructor(rules: Partial<SourceRules> = {}) {
    this.#rules = { resumable: true, withoutCursor: 'earliest', history: 4, ...rules };
    this.group = this.#newGroup();
  }

  #newGroup(): Group {
    return new Group(this.#rules, {
      open: (feed) => {
        this.opened++;
        this.open.add(feed);
        return { close: () => this.open.delete(feed), resume: () => undefined };
      },
      onEmpty: () => {
        expect(this.open.size).toBe(0);
      },
    });
  }

  join(from: number, queue?: QueueRules): Client {
    const client = new Client(from, queue);
    this.clients.push(client);
    this.group.join([client.member], positionOf(from));
    return client;
  }

  /** The feed brings its next event, if there is one and somebody takes it. */
  step(feed: Feed): boolean {
    const next = sequenceOf(feed.position) + 1;
    if (next > this.last || feed.standsStill) return false;
    for (const slow of this.group.event(feed, eventOf(next))) slow.end([{ message: 'too slow' }]);
    return true;
  }

  takes(client: Client, takes: boolean): void {
    client.takes = takes;
    if (takes) client.member.place?.drain(client.member);
  }

  move(): void {
    const parts = this.group.dissolve();
    this.group = this.#newGroup();
    for (const { members, position } of parts) this.group.join(members, position);
  }

  finish(): void {
    for (const client of this.clients) this.takes(client, true);
    for (let moved = true; moved; ) {
      moved = false;
      for (const feed of [...this.open]) if (this.open.has(feed)) moved = this.step(feed) || moved;
    }
  }
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index + 1);

type Action = {
  kind: 'append' | 'join' | 'leave' | 'step' | 'stepAll' | 'stop' | 'take' | 'move' | 'repeat';
  pick: number;
};
const actions = fc.array(
  fc.record<Action>({
    kind: fc.constantFrom('append', 'join', 'leave', 'step', 'step', 'stepAll', 'stop', 'take', 'move', 'repeat'),
    pick: fc.nat(1000),
  }),
  { minLength: 1, maxLength: 150 },
);

function act(world: World, { kind, pick }: Action, gone: Set<Client>): void {
  const feeds = [...world.open];
  const feed = feeds[pick % Math.max(1, feeds.length)];
  const client = world.clients[pick % Math.max(1, world.clients.length)];
  switch (kind) {
    case 'append':
      world.last += 1 + (pick % 5);
      return;
    case 'join':
      world.join(pick % (world.last + 1));
      return;
    case 'leave':
      if (client) gone.add(client);
      client?.member.place?.leave(client.member);
      return;
    case 'step':
      if (feed) world.step(feed);
      return;
    case 'stepAll':
      for (const each of feeds) if (!each.closed) world.step(each);
      return;
    case 'stop':
    case 'take':
      if (client) world.takes(client, kind === 'take');
      return;
    case 'move':
      world.move();
      return;
    case 'repeat':
      if (feed && feed.position !== null && !feed.standsStill) {
        world.group.event(feed, eventOf(sequenceOf(feed.position)));
      }
      return;
  }
}

describe('subscriptions that share a log', () => {
  test('nobody misses an event or gets one twice, however feeds, clients and the log interleave', () => {
    fc.assert(
      fc.property(actions, (steps) => {
        const world = new World();
        const gone = new Set<Client>();
        for (const step of steps) act(world, step, gone);
        world.finish();
        for (const client of world.clients) {
          expect(client.got).toEqual(range(client.from, client.from + client.got.length));
          if (!gone.has(client) && !client.ended) expect(client.got).toEqual(range(client.from, world.last));
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('in the end all of them are served by one feed', () => {
    fc.assert(
      fc.property(actions, (steps) => {
        const world = new World();
        for (const step of steps) act(world, step, new Set());
        world.finish();
        // Positions are compared when an event comes, so the one after the last is what brings stragglers together.
        for (const _ of range(0, 2)) {
          world.last++;
          world.finish();
        }
        expect(world.open.size).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1000 },
    );
  });

  test('those who begin together, or within what is remembered, need one upstream', () => {
    const world = new World();
    world.last = 20;
    const clients = [world.join(0), world.join(0)];
    for (let event = 0; event < 3; event++) for (const each of world.open) world.step(each);
    clients.push(world.join(0), world.join(2), world.join(3));
    expect(world.opened).toBe(1);
    clients.push(world.join(9));
    expect(world.opened).toBe(2);
    world.finish();
    for (const client of clients) expect(client.got).toEqual(range(client.from, 20));
    expect(world.open.size).toBe(1);
  });

  test('where nobody said what no cursor means, one who comes late is not guessed at', () => {
    const world = new World({ withoutCursor: undefined });
    world.last = 3;
    world.join(0);
    world.join(0);
    expect(world.opened).toBe(1);
    for (const feed of world.open) world.step(feed);
    const late = world.join(0);
    expect(world.opened).toBe(2);
    world.finish();
    expect(late.got).toEqual([1, 2, 3]);
  });

  test('where no cursor means the end of the log, one who comes late joins there', () => {
    const world = new World({ withoutCursor: 'latest' });
    world.last = 3;
    world.join(0);
    world.finish();
    const late = world.join(0);
    world.last = 5;
    world.finish();
    expect([world.opened, late.got]).toEqual([1, [4, 5]]);
  });

  test('a feed whose source is no log is shared from now on', () => {
    const world = new World({ resumable: false });
    world.last = 5;
    const early = world.join(0);
    for (const feed of world.open) {
      for (const sequence of [1, 2]) world.group.event(feed, { json: String(sequence), cursor: undefined });
    }
    const late = world.join(0);
    for (const feed of world.open) world.group.event(feed, { json: '3', cursor: undefined });
    expect([world.opened, early.got, late.got]).toEqual([1, [1, 2, 3], [3]]);
  });
});

describe('a client that is too slow', () => {
  test('stops the source when it is alone, and only then', () => {
    const world = new World();
    world.last = 100;
    const slow = world.join(0);
    slow.takes = false;
    const [feed] = [...world.open];
    while (feed && world.step(feed));
    expect(slow.got).toEqual([1]);
    const other = world.join(1);
    while (feed && world.step(feed));
    expect(other.got).toEqual(range(1, 100));
    expect([slow.ended, slow.got]).toEqual(['failed', [1]]);
  });

  test('misses the oldest events when that is the rule', () => {
    const world = new World();
    world.last = 20;
    const slow = world.join(0, { events: 5, characters: 1000, onFull: 'dropOldest' });
    world.join(0);
    slow.takes = false;
    for (const feed of world.open) while (world.step(feed));
    world.takes(slow, true);
    expect(slow.got).toEqual([1, 16, 17, 18, 19, 20]);
  });

  test('is too slow too when what waits for it is too long, but one event may be of any length', () => {
    const world = new World();
    world.last = 150;
    const slow = world.join(98, { events: 100, characters: 7, onFull: 'dropOldest' });
    world.join(98);
    slow.takes = false;
    for (const feed of world.open) while (world.step(feed));
    world.takes(slow, true);
    expect(slow.got).toEqual([99, 149, 150]);
    const narrow = world.join(98, { events: 100, characters: 1, onFull: 'dropOldest' });
    narrow.takes = false;
    world.finish();
    expect(narrow.got.at(-1)).toBe(150);
  });

  test('gets what waits for it before the end, unless the end is a failure', () => {
    for (const errors of [undefined, [{ message: 'broken' }]]) {
      const world = new World();
      world.last = 2;
      const slow = world.join(0);
      world.join(0);
      slow.takes = false;
      const [feed] = [...world.open];
      while (feed && world.step(feed));
      if (feed) world.group.ended(feed, errors);
      expect([slow.got, slow.ended]).toEqual(errors ? [[1], 'failed'] : [[1, 2], 'complete']);
      expect(world.group.empty).toBe(true);
    }
  });
});
