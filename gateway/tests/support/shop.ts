import { buildSubgraphSchema } from '@apollo/subgraph';
import { BadUserInputError, createLog, type Identity, StoreUnavailableError } from '@colloquy/service';
import { type HttpRoute, type RunningService, serveSubgraph } from '@colloquy/service/subgraph';
import { parse } from 'graphql';

export const IDENTITY_SECRET = 'the secret of a gateway and of its subgraphs';

interface Context {
  identity: Identity;
  requestId: string;
  signal: AbortSignal;
}

/** What the tests may change in the subgraphs, and what these let them see. */
export const shop = {
  reviews: 'well' as 'well' | 'away' | 'leaky' | 'hanging' | 'huge',
  /** Events are sent as far as this sequence number. */
  eventsUntil: Number.POSITIVE_INFINITY,
  sent: 0,
  openStreams: 0,
  identities: [] as Identity[],
  entityRequests: 0,
  uploadedBytes: 0,
  uploadsCutOff: 0,
  /** Uploads are not read before this resolves. */
  uploadHold: Promise.resolve(),
  release: () => {},
};

export const ORDERS = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query { orders: [Order!]! order(id: ID!): Order whoami: String slow: String @deprecated(reason: "For tests.") }
  type Mutation { placeOrder(product: ID!): Order! refuse(reason: String!): Order }
  type Subscription { orderChanged(count: Int! = 3, after: Int! = 0, fail: Boolean! = false): OrderEvent! }
  type OrderEvent { sequence: Int! order: Order! added: [Order!]! note(text: String): String }
  type Order @key(fields: "id") { id: ID! total: Int! product: Product! }
  type Product @key(fields: "id", resolvable: false) { id: ID! }
`;
export const PRODUCTS = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query { products: [Product!]! }
  type Product @key(fields: "id") { id: ID! name: String! price(currency: String! = "EUR"): String! }
`;
export const REVIEWS = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query { bestProduct: Product }
  type Product @key(fields: "id") { id: ID! rating: Float reviews(first: Int! = 2): [Review] }
  type Review { text: String! }
`;

const order = (id: string) => ({ id, total: Number(id) * 10, product: { id: `p${id}` } });

async function* orderChanged(
  _source: unknown,
  args: { count: number; after: number; fail: boolean },
  context: Context,
) {
  shop.openStreams++;
  try {
    for (let sequence = args.after + 1; sequence <= args.count; sequence++) {
      while (sequence > shop.eventsUntil && !context.signal.aborted) await tick();
      if (context.signal.aborted) return;
      if (args.fail && sequence === args.after + 2) throw new StoreUnavailableError('postgresql');
      shop.sent++;
      yield { sequence, order: order(String(sequence)), added: [order(String(sequence)), order(String(sequence + 1))] };
    }
  } finally {
    shop.openStreams--;
  }
}

const tick = () => new Promise((resolve) => setTimeout(resolve, 2));

const orderResolvers = {
  Query: {
    orders: () => ['1', '2', '3'].map(order),
    order: (_source: unknown, { id }: { id: string }) => (id === '0' ? null : order(id)),
    whoami: (_source: unknown, _args: unknown, { identity }: Context) => identity.subject,
    slow: async () => {
      await new Promise<void>((resolve) => {
        shop.release = resolve;
      });
      return 'done';
    },
  },
  Mutation: {
    placeOrder: (_source: unknown, { product }: { product: string }) => order(product),
    refuse: (_source: unknown, { reason }: { reason: string }) => {
      throw new BadUserInputError(reason, { field: 'reason' });
    },
  },
  Subscription: { orderChanged: { subscribe: orderChanged, resolve: (event: unknown) => event } },
  OrderEvent: { note: (_source: unknown, { text }: { text?: string }) => text },
  Order: { __resolveReference: ({ id }: { id: string }) => order(id) },
};

const productResolvers = {
  Query: { products: () => [{ id: 'p1' }, { id: 'p2' }] },
  Product: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    name: ({ id }: { id: string }) => `Product ${id.slice(1)}`,
    price: ({ id }: { id: string }, { currency }: { currency: string }) => `${id.slice(1)} ${currency}`,
  },
};

function rating({ id }: { id: string }, signal: AbortSignal): number | Promise<number> {
  switch (shop.reviews) {
    case 'away':
      throw new StoreUnavailableError('weaviate', { cause: new Error('connect ECONNREFUSED 10.1.2.3:8080') });
    case 'leaky':
      throw new Error('login failed: postgres://reviews:hunter2@10.1.2.3/reviews');
    case 'hanging':
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('gone'))));
    case 'huge':
    case 'well':
      return Number(id.slice(1)) / 2;
  }
}

const reviewResolvers = {
  Query: { bestProduct: () => ({ id: 'p1' }) },
  Product: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    rating: (product: { id: string }, _args: unknown, { signal }: Context) => rating(product, signal),
    reviews: (product: { id: string }, { first }: { first: number }) =>
      Array.from({ length: first }, (_, index) => ({
        text: shop.reviews === 'huge' ? 'x'.repeat(200_000) : `${product.id}: ${index + 1}`,
      })),
  },
};

const uploads: HttpRoute = {
  method: 'PUT',
  prefix: '/uploads/',
  async handle(request, response, { identity }) {
    const announced = Number(
      new URL(request.url ?? '/', 'http://subgraph').searchParams.get('limit') ?? Number.MAX_VALUE,
    );
    let size = 0;
    await shop.uploadHold;
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        size += chunk.length;
        shop.uploadedBytes += chunk.length;
        if (size > announced) break;
      }
    } catch {
      shop.uploadsCutOff++;
      return;
    }
    const status = size > announced ? 413 : 201;
    response.writeHead(status, { 'content-type': 'application/json', 'x-stored-by': identity.subject });
    response.end(JSON.stringify({ size }));
  },
};

async function serve(
  name: string,
  sdl: string,
  resolvers: object,
  options: { port?: number; routes?: HttpRoute[] } = {},
): Promise<RunningService> {
  return serveSubgraph<Context>({
    name,
    environment: { HOST: '127.0.0.1', PORT: options.port ?? 0, METRICS_PORT: 0, IDENTITY_SECRET },
    log: createLog({ name, level: 'silent' }),
    schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]),
    context: (request) => {
      shop.identities.push(request.identity);
      if (name !== 'orders') shop.entityRequests++;
      return request;
    },
    health: async () => [{ name: `${name}-store`, state: 'healthy' }],
    subscriptions: true,
    routes: options.routes ?? [],
  });
}

export const serveOrders = (port?: number) =>
  serve('orders', ORDERS, orderResolvers, { ...(port !== undefined && { port }), routes: [uploads] });
export const serveProducts = () => serve('products', PRODUCTS, productResolvers);
export const serveReviews = (port?: number) =>
  serve('reviews', REVIEWS, reviewResolvers, port === undefined ? {} : { port });
