import { buildSubgraphSchema } from '@apollo/subgraph';
import { createLog, StoreUnavailableError } from '@colloquy/service';
import { type RunningService, serveSubgraph } from '@colloquy/service/subgraph';
import { parse } from 'graphql';
import { IDENTITY_SECRET } from './shop.ts';

/** `entries` reads a log and takes cursors; `ticks` tells of what happens from now on. */
export const FEED = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query { lastEntry: Int! }
  type Subscription {
    entries(log: ID! = "main", after: String, until: Int): Entry!
    ticks: Entry!
  }
  type Entry { cursor: String! sequence: Int! item: Item! text(bytes: Int! = 0): String }
  type Item @key(fields: "id", resolvable: false) { id: ID! }
`;
/** What it serves in truth: it knows the names of items too. */
export const FEED_WITH_NAMES = FEED.replace(
  'type Item @key(fields: "id", resolvable: false) { id: ID! }',
  'type Item @key(fields: "id", resolvable: false) { id: ID! name: String! @shareable }',
).replace('["@key"]', '["@key", "@shareable"]');
export const ITEMS = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
  type Query { items: Int }
  type Item @key(fields: "id") { id: ID! name: String! @shareable }
`;

/** What a feed's tests may change, and what it lets them see. */
export interface Feed {
  /** How many entries there are. */
  last(): number;
  /** Subscriptions that were opened, and those that are open. */
  opened: number;
  open: number;
  /** Positions from which they began. */
  begun: (string | null)[];
  subjects: string[];
  /** Answers new subscriptions with an error that says to try again. */
  away: boolean;
}

export function createFeed(last: () => number): Feed {
  return { last, opened: 0, open: 0, begun: [], subjects: [], away: false };
}

const tick = () => new Promise((resolve) => setTimeout(resolve, 2));

interface Context {
  identity: { subject: string };
  signal: AbortSignal;
}

const entry = (sequence: number) => ({
  cursor: `c${sequence}`,
  sequence,
  item: { id: `i${sequence % 7}`, name: `Item ${sequence % 7}` },
});

async function* follow(feed: Feed, from: number, until: number, { signal, identity }: Context) {
  feed.opened++;
  feed.open++;
  feed.subjects.push(identity.subject);
  try {
    for (let sequence = from + 1; sequence <= until; sequence++) {
      while (sequence > feed.last() && !signal.aborted) await tick();
      if (signal.aborted) return;
      yield entry(sequence);
    }
  } finally {
    feed.open--;
  }
}

export function serveFeed(feed: Feed, port = 0): Promise<RunningService> {
  const resolvers = {
    Query: { lastEntry: () => feed.last() },
    Subscription: {
      entries: {
        subscribe(_source: unknown, args: { after?: string | null; until?: number | null }, context: Context) {
          if (feed.away) throw new StoreUnavailableError('postgresql');
          feed.begun.push(args.after ?? null);
          const from = args.after == null ? 0 : Number(args.after.slice(1));
          return follow(feed, from, args.until ?? Number.POSITIVE_INFINITY, context);
        },
        resolve: (event: unknown) => event,
      },
      ticks: {
        subscribe: (_source: unknown, _args: unknown, context: Context) =>
          follow(feed, feed.last(), Number.POSITIVE_INFINITY, context),
        resolve: (event: unknown) => event,
      },
    },
    Entry: { text: (_source: unknown, { bytes }: { bytes: number }) => 'x'.repeat(bytes) },
  };
  return serve('feed', FEED_WITH_NAMES, resolvers, port);
}

export function serveItems(seen: { requests: number }): Promise<RunningService> {
  const resolvers = {
    Query: { items: () => 7 },
    Item: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      name: ({ id }: { id: string }) => `Item ${id.slice(1)}`,
    },
  };
  return serve('items', ITEMS, resolvers, 0, () => seen.requests++);
}

function serve(name: string, sdl: string, resolvers: object, port: number, onRequest = () => {}) {
  return serveSubgraph<Context>({
    name,
    environment: { HOST: '127.0.0.1', PORT: port, METRICS_PORT: 0, IDENTITY_SECRET },
    log: createLog({ name, level: 'silent' }),
    schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]),
    context: (request) => {
      onRequest();
      return request;
    },
    health: async () => [],
    subscriptions: true,
  });
}
