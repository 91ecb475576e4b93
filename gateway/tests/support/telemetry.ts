import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import type { Log } from '@colloquy/service';
import { checkConfig, type GatewaySettings, startGateway } from '../../src/index.ts';
import { compose } from './gateway.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])`;
const SUBGRAPHS = {
  library: `${LINK}
    type Query { books: [Book!]! lend(book: ID!): Book }
    type Mutation { order(title: String!): Book }
    type Book @key(fields: "id") { id: ID! title: String! }`,
  ratings: `${LINK}
    type Book @key(fields: "id") { id: ID! stars: Int }`,
};
const BOOKS = [
  { __typename: 'Book', id: '1', title: 'Weather' },
  { __typename: 'Book', id: '2', title: 'Tides' },
];

export interface LogLine {
  level: string;
  msg: string;
  [key: string]: unknown;
}

export interface Library {
  /** Of `/graphql`. */
  url: string;
  supergraphFile: string;
  /** Headers of what the subgraphs were asked, by their names. */
  asked: { subgraph: string; headers: IncomingHttpHeaders }[];
  lines: LogLine[];
  /** What the ratings do. */
  ratings: 'well' | 'slow' | 'away';
  ask(query: string, options?: { headers?: Record<string, string>; body?: object }): Promise<Response>;
  metrics(): Promise<string>;
  close(): Promise<void>;
}

/** A gateway before two subgraphs that answer the same to everyone. */
export async function startLibrary(settings: Partial<GatewaySettings> = {}): Promise<Library> {
  const state = { asked: [] as Library['asked'], lines: [] as LogLine[], ratings: 'well' as Library['ratings'] };
  const library = await serve(async (headers) => {
    state.asked.push({ subgraph: 'library', headers });
    return { data: { books: BOOKS, order: BOOKS[0], lend: null } };
  });
  const ratings = await serve(async (headers) => {
    state.asked.push({ subgraph: 'ratings', headers });
    if (state.ratings === 'slow') await new Promise((resolve) => setTimeout(resolve, 120));
    if (state.ratings === 'away') return undefined;
    return { data: { _entities: [{ stars: 4 }, { stars: 5 }] } };
  });
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const supergraphFile = join(folder, 'supergraph.graphql');
  await writeFile(supergraphFile, compose(SUBGRAPHS));
  const gateway = await startGateway(
    checkConfig({
      supergraph: supergraphFile,
      port: 0,
      subgraphs: { library: { url: urlOf(library) }, ratings: { url: urlOf(ratings) } },
      ...settings,
    }),
    { log: recorder(state.lines), production: true },
  );
  const url = `${gateway.url}/graphql`;
  return Object.assign(state, {
    url,
    supergraphFile,
    ask: (query: string, options: { headers?: Record<string, string>; body?: object } = {}) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...options.headers },
        body: JSON.stringify({ query, ...options.body }),
      }),
    metrics: async () => (await fetch(gateway.metricsUrl)).text(),
    async close() {
      await gateway.close();
      for (const server of [library, ratings]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await rm(folder, { recursive: true });
    },
  });
}

/** Hangs up when there is no answer. */
async function serve(answer: (headers: IncomingHttpHeaders) => Promise<object | undefined>): Promise<Server> {
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') return void response.writeHead(404).end();
    await json(request).catch(() => undefined);
    const body = await answer(request.headers);
    if (!body) return void request.socket.destroy();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;

/** A log that keeps its lines. */
function recorder(lines: LogLine[]): Log {
  const write = (level: string) => (first: unknown, msg?: string) =>
    void lines.push(
      typeof first === 'string' ? { level, msg: first } : { ...(first as object), level, msg: msg ?? '' },
    );
  const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map((level) => [level, write(level)]);
  return Object.fromEntries(levels) as unknown as Log;
}
