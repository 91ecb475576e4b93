import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createLog, type Identity, type Log } from '@colloquy/service';
import { type RunningService, serveSubgraph } from '@colloquy/service/subgraph';
import { parse } from 'graphql';
import { SignJWT } from 'jose';
import { pino } from 'pino';
import { mergeSettings } from '../../src/config/load.ts';
import { checkConfig, type GatewaySettings, type RunningGateway, startGateway } from '../../src/index.ts';
import { compose, JWT_SECRET } from './gateway.ts';

const IDENTITY_SECRET = 'what the library and its gateway know';
const PAGES = new URL('../../../docs/gateway/', import.meta.url);

const CATALOGUE = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@composeDirective", "@requiresScopes"])
    @link(url: "https://library.example/cacheControl/v1.0", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean)
    on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  enum CacheControlScope { PUBLIC PRIVATE }
  type Query {
    books: [Book!]! @cacheControl(maxAge: 60)
    book(id: ID!): Book
    shelf(count: Int! = 2): [Book!]!
    opened: Int!
    notice: Notice
    brief: String @cacheControl(maxAge: 1)
    language: String
    takings: String @cacheControl(maxAge: 60) @requiresScopes(scopes: [["office"]])
  }
  type Mutation { rename(id: ID!, title: String!): Book! }
  type Subscription { newBook: Book! }
  type Book @key(fields: "id") @cacheControl(maxAge: 60) { id: ID! title: String! shelf: Shelf }
  type Shelf @cacheControl(inheritMaxAge: true) { room: String! row: Int! }
  type Notice { text: String! }
`;
const READERS = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query { me: Reader reader(id: ID!): Reader }
  type Reader @key(fields: "id") { id: ID! name: String! }
  type Book @key(fields: "id") { id: ID! stars: Int }
`;

export interface LibraryAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape
  readonly body: any;
}

export interface AskOptions {
  readonly token?: string | null;
  readonly headers?: Record<string, string>;
  /** By GET, with the parameters in the address. */
  readonly get?: boolean;
}

export interface Library {
  readonly gateway: RunningGateway;
  /** What the tests change. */
  readonly stock: { titles: Record<string, string>; broken: boolean; held: Promise<void> };
  /** The operations that subgraphs were asked. */
  readonly asked: string[];
  /** What the gateway logged. */
  readonly logged: Record<string, unknown>[];
  /** Sends the body of a GraphQL request. */
  ask(body: string | Record<string, unknown>, options?: AskOptions): Promise<LibraryAnswer>;
  /** `POST /cache/invalidate`. */
  invalidate(body: unknown, secret?: string): Promise<LibraryAnswer>;
  metric(line: RegExp): Promise<number>;
  close(): Promise<void>;
}

/** The configuration that a page of docs/gateway shows, less what a test of it must choose itself. */
export async function documented(page: string): Promise<Partial<GatewaySettings>> {
  const text = await readFile(new URL(`${page}.md`, PAGES), 'utf8');
  const json = /```json config\n([\s\S]*?)```/.exec(text)?.[1];
  if (json === undefined) throw new Error(`${page}.md shows no configuration.`);
  const { supergraph: _, ...settings } = JSON.parse(json) as GatewaySettings;
  return settings;
}

/** A client's token, for ten minutes. */
export function tokenOf(subject: string, claims: Record<string, unknown> = {}): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(subject)
    .setIssuer('shop')
    .setAudience('shop-clients')
    .setExpirationTime('10m')
    .sign(new TextEncoder().encode(JWT_SECRET));
}

/** The subgraphs of a library, with what they hold. */
export interface LibraryBranches extends Pick<Library, 'stock' | 'asked'> {
  readonly settings: Partial<GatewaySettings>;
  close(): Promise<void>;
}

export async function openBranches(): Promise<LibraryBranches> {
  const asked: string[] = [];
  const stock: Library['stock'] = { titles: {}, broken: false, held: Promise.resolve() };
  let opened = 0;
  const book = (id: string) => ({
    id,
    title: () => stock.titles[id] ?? `Book ${id}`,
    shelf: { room: 'north', row: Number(id) },
    stars: () => {
      if (stock.broken) throw new Error('The stars are out.');
      return Number(id);
    },
  });
  const resolvers = {
    Query: {
      books: () => ['1', '2'].map(book),
      book: (_source: unknown, { id }: { id: string }) => (id === '0' ? null : book(id)),
      shelf: (_source: unknown, { count }: { count: number }) =>
        Array.from({ length: count }, (_, index) => book(String(index + 1))),
      opened: () => ++opened,
      notice: () => ({ text: `Notice ${++opened}` }),
      brief: () => `Brief ${++opened}`,
      language: () => `Language ${++opened}`,
      takings: () => `Takings ${++opened}`,
    },
    Mutation: {
      rename: (_source: unknown, { id, title }: { id: string; title: string }) => {
        stock.titles[id] = title;
        return book(id);
      },
    },
    Subscription: {
      newBook: {
        async *subscribe() {
          yield { newBook: book(String(++opened)) };
        },
      },
    },
    Book: { __resolveReference: ({ id }: { id: string }) => book(id) },
  };
  const reader = (id: string) => ({ id, name: `${id} ${++opened}` });
  const readers = {
    Query: {
      me: (_source: unknown, _args: unknown, { identity }: { identity: Identity }) => reader(identity.subject),
      reader: (_source: unknown, { id }: { id: string }) => reader(id),
    },
    Reader: { __resolveReference: ({ id }: { id: string }) => reader(id) },
    Book: { __resolveReference: ({ id }: { id: string }) => book(id) },
  };
  const serve = (name: string, sdl: string, of: object): Promise<RunningService> =>
    serveSubgraph({
      name,
      environment: { HOST: '127.0.0.1', PORT: 0, METRICS_PORT: 0, IDENTITY_SECRET },
      log: createLog({ name, level: 'silent' }),
      schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: of as never }]),
      context: async (request) => {
        asked.push(name);
        // What was read before the hold is answered after it.
        await stock.held;
        return request;
      },
      health: async () => [],
      subscriptions: true,
    });
  const [catalogue, people] = await Promise.all([
    serve('catalogue', CATALOGUE, resolvers),
    serve('readers', READERS, readers),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'library-'));
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, compose({ catalogue: CATALOGUE, readers: READERS }));
  return {
    stock,
    asked,
    settings: {
      supergraph,
      port: 0,
      subgraphs: { catalogue: { url: `${catalogue.url}/graphql` }, readers: { url: `${people.url}/graphql` } },
      jwt: { secret: JWT_SECRET, issuer: 'shop', audience: 'shop-clients', typ: 'JWT' },
      identity: { secret: IDENTITY_SECRET },
    },
    async close() {
      await Promise.all([catalogue.close(), people.close()]);
      await rm(folder, { recursive: true });
    },
  };
}

/** Closes whatever a test file has started, also what a failed test left behind. */
export async function closeLibraries(): Promise<void> {
  await Promise.all(started.splice(0).map((library) => library.close()));
}

const started: Library[] = [];

/** A gateway before the library; without `branches`, before subgraphs of its own. */
export async function startLibrary(
  settings: Partial<GatewaySettings> = {},
  branches?: LibraryBranches,
): Promise<Library> {
  const own = branches ? undefined : await openBranches();
  const library = branches ?? own;
  if (!library) throw new Error('There are no branches.');
  const logged: Record<string, unknown>[] = [];
  const gateway = await startGateway(checkConfig(mergeSettings({ ...library.settings }, { ...settings })), {
    log: recording(logged),
    production: false,
  });
  const valid = await tokenOf('alice');

  async function read(response: Response): Promise<LibraryAnswer> {
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  }

  const running: Library = {
    gateway,
    stock: library.stock,
    asked: library.asked,
    logged,
    async ask(request, options = {}) {
      const body: Record<string, unknown> = typeof request === 'string' ? { query: request } : request;
      const given = options.token === undefined ? valid : options.token;
      const headers = {
        'content-type': 'application/json',
        ...(given !== null && { authorization: `Bearer ${given}` }),
        ...options.headers,
      };
      const address = new URL(`${gateway.url}/graphql`);
      if (!options.get) return read(await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) }));
      for (const [name, value] of Object.entries(body)) {
        address.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
      }
      return read(await fetch(address, { headers }));
    },
    async invalidate(body, secret) {
      const headers = { 'content-type': 'application/json', ...(secret && { 'x-invalidation-secret': secret }) };
      return read(
        await fetch(`${gateway.url}/cache/invalidate`, { method: 'POST', headers, body: JSON.stringify(body) }),
      );
    },
    async metric(line) {
      const text = await (await fetch(gateway.metricsUrl)).text();
      return Number(line.exec(text)?.[1] ?? 0);
    },
    async close() {
      const index = started.indexOf(running);
      if (index !== -1) started.splice(index, 1);
      await gateway.close();
      await own?.close();
    },
  };
  started.push(running);
  return running;
}

function recording(into: Record<string, unknown>[]): Log {
  return pino({ level: 'info' }, { write: (line: string) => void into.push(JSON.parse(line)) });
}
