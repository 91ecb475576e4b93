import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createLog } from '@colloquy/service';
import { execute, type GraphQLSchema, parse, validate } from 'graphql';
import { checkConfig, type GatewaySettings, startGateway } from '../../src/index.ts';

/** Typed by whoever writes it; graphql-js gives it what it gives. */
type Resolver = (source: never, args: never) => unknown;

export interface SubgraphDefinition {
  /** Without the `@link` to Federation, which is put before it (unless it is of version 1). */
  readonly sdl: string;
  /** By type and field. An entity without `__resolveReference` is its representation. */
  readonly resolvers?: Readonly<Record<string, Readonly<Record<string, Resolver>>>>;
  readonly version?: 1 | 2;
  /** It hangs up on everybody. */
  readonly down?: boolean;
}
export type FederationDefinition = Readonly<Record<string, SubgraphDefinition>>;

export interface RecordedFetch {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface FederationAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape
  readonly body: any;
}

export interface RunningSubgraphs {
  readonly supergraphSdl: string;
  /** What the subgraphs were asked, in order; the tests empty it. */
  readonly fetches: RecordedFetch[];
  /** Why a subgraph could not accept what it was asked; always the gateway's fault. */
  readonly refusals: string[];
  close(): Promise<void>;
}

export interface Federation extends RunningSubgraphs {
  ask(query: string, variables?: object, operationName?: string): Promise<FederationAnswer>;
}

const LINK = `
  extend schema @link(
    url: "https://specs.apollo.dev/federation/v2.7"
    import: [
      "@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@interfaceObject",
      "@extends"
    ]
  )
`;

/** Resolves references among rows by the fields of a key; what `@requires` brings along stays on the object. */
export function among<Row extends object>(rows: readonly Row[], ...key: readonly (keyof Row & string)[]) {
  return {
    __resolveReference: (reference: Row): object | null => {
      const row = rows.find((candidate) =>
        key.every((field) => JSON.stringify(candidate[field]) === JSON.stringify(reference[field])),
      );
      return row ? { ...reference, ...row } : null;
    },
  };
}

/** Serves subgraphs on free ports and composes them. */
export async function serveSubgraphs(definition: FederationDefinition): Promise<RunningSubgraphs> {
  const fetches: RecordedFetch[] = [];
  const refusals: string[] = [];
  const servers: Server[] = [];
  const services = await Promise.all(
    Object.entries(definition).map(async ([name, { sdl, resolvers = {}, version = 2, down = false }]) => {
      const typeDefs = parse(version === 2 ? LINK + sdl : sdl);
      const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
      const server = createServer(async (request, response) => {
        const asked = await readRequest(request);
        fetches.push({ subgraph: name, ...asked });
        if (down) return void request.socket.destroy();
        return answer(schema, asked, response, (reason) => refusals.push(`${name}: ${reason} in ${asked.query}`));
      });
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return { name, typeDefs, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` };
    }),
  );
  async function close(): Promise<void> {
    await Promise.all(
      servers.map(async (server) => {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await closed;
      }),
    );
  }
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl) return { supergraphSdl, fetches, refusals, close };
  await close();
  throw new Error(`The subgraphs do not compose:\n${errors?.map(({ message }) => message).join('\n')}`);
}

/** Serves subgraphs with a gateway before them. */
export async function serveFederation(
  definition: FederationDefinition,
  settings: Partial<GatewaySettings> = {},
): Promise<Federation> {
  const subgraphs = await serveSubgraphs(definition);
  const folder = await mkdtemp(join(tmpdir(), 'federation-'));
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, subgraphs.supergraphSdl);
  const gateway = await startGateway(checkConfig({ supergraph, port: 0, explorer: { enabled: false }, ...settings }), {
    log: createLog({ name: 'gateway', level: 'silent' }),
    production: false,
  });
  return {
    ...subgraphs,
    ask: (...operation) => ask(gateway.url, ...operation),
    async close() {
      await gateway.close();
      await subgraphs.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Sends an operation to a gateway by POST. */
export async function ask(
  url: string,
  query: string,
  variables?: object,
  operationName?: string,
): Promise<FederationAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables, operationName }),
  });
  return { status: response.status, body: await response.json() };
}

async function readRequest(request: IncomingMessage): Promise<Omit<RecordedFetch, 'subgraph'>> {
  const { query, variables } = JSON.parse(await text(request));
  return { query, variables: variables ?? {} };
}

async function answer(
  schema: GraphQLSchema,
  { query, variables }: Omit<RecordedFetch, 'subgraph'>,
  response: ServerResponse,
  refuse: (reason: string) => void,
): Promise<void> {
  const document = parse(query);
  const faults = validate(schema, document);
  for (const { message } of faults) refuse(message);
  const result =
    faults.length > 0 ? { errors: faults } : await execute({ schema, document, variableValues: variables });
  if (!('data' in result)) for (const { message } of result.errors ?? []) refuse(message);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(result));
}
