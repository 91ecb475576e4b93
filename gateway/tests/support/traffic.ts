import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@colloquy/service';
import { checkConfig, type GatewaySettings, type RunningGateway, startGateway } from '../../src/index.ts';
import { type Answer, compose } from './gateway.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])';
const SUBGRAPHS = {
  stock: `${LINK} type Query { count: Int echo(text: String!): String } type Mutation { take: Int }`,
  prices: `${LINK} type Query { price: Int }`,
};

const DATA = { count: 3, price: 9, take: 1, echo: 'echo' };

/** What a subgraph does with a request. */
export type Behaviour =
  | 'answer'
  | 'hang'
  | 'hold'
  | 'flood'
  | 'reset'
  | 'halfway'
  | 'leaving'
  | 'refuse'
  | 'unauthorised'
  | 'page';

const FLOOD_BYTES = 400 * 1024 * 1024;
const PIECE = Buffer.alloc(64 * 1024, 'x');

/** A subgraph that misbehaves as it is told. */
export interface FaultySubgraph {
  readonly port: number;
  /** For requests beyond those of `next`. */
  behaviour: Behaviour;
  /** Of the next requests, one by one. */
  readonly next: Behaviour[];
  readonly requests: { body: string; headers: IncomingHttpHeaders }[];
  readonly counts: { connections: number; brokenOff: number; floodedBytes: number };
  /** Answers what is held. */
  release(): void;
  close(): Promise<void>;
}

export async function serveFaulty(port = 0): Promise<FaultySubgraph> {
  const held: (() => void)[] = [];
  const subgraph = {
    behaviour: 'answer' as Behaviour,
    next: [] as Behaviour[],
    requests: [] as FaultySubgraph['requests'],
  };
  const counts = { connections: 0, brokenOff: 0, floodedBytes: 0 };
  const server = createServer(async (request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) counts.brokenOff++;
    });
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece;
    subgraph.requests.push({ body, headers: request.headers });
    const asked = Object.entries(DATA).filter(([field]) => body.includes(field));
    const answer = () => json(response, 200, { data: Object.fromEntries(asked) });
    switch (subgraph.next.shift() ?? subgraph.behaviour) {
      case 'answer':
        return answer();
      case 'hang':
        return;
      case 'hold':
        held.push(answer);
        return;
      case 'flood':
        return flood(response, counts);
      case 'reset':
        request.socket.resetAndDestroy();
        return;
      case 'halfway':
        response.writeHead(200, { 'content-length': 100 });
        response.write('{"data":', () => request.socket.destroy());
        return;
      case 'leaving':
        return json(response, 503, { errors: [{ message: 'leaving', extensions: { code: 'LEAVING' } }] });
      case 'refuse':
        return json(response, 400, { errors: [{ message: 'no', extensions: { code: 'BAD_USER_INPUT' } }] });
      case 'unauthorised':
        return json(response, 401, { errors: [{ message: 'who?', extensions: { code: 'UNAUTHENTICATED' } }] });
      case 'page':
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end('<html>http://10.1.2.3/</html>');
        return;
    }
  });
  server.on('connection', () => counts.connections++);
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return Object.assign(subgraph, {
    port: (server.address() as AddressInfo).port,
    counts,
    release() {
      for (const answer of held.splice(0)) answer();
    },
    async close() {
      server.closeAllConnections();
      if (server.listening) await once(server.close(), 'close');
    },
  });
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Sends as fast as it is taken. */
async function flood(response: ServerResponse, counts: FaultySubgraph['counts']): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  const closed = once(response, 'close');
  while (counts.floodedBytes < FLOOD_BYTES && !response.destroyed) {
    counts.floodedBytes += PIECE.length;
    if (response.write(PIECE)) continue;
    const drained = Promise.withResolvers<void>();
    response.once('drain', drained.resolve);
    await Promise.race([drained.promise, closed]);
    response.off('drain', drained.resolve);
  }
  response.end();
}

export interface FaultyGateway {
  readonly gateway: RunningGateway;
  readonly stock: FaultySubgraph;
  readonly prices: FaultySubgraph;
  ask(
    query: string,
    options?: { headers?: Record<string, string>; signal?: AbortSignal; variables?: object },
  ): Promise<Answer>;
  close(): Promise<void>;
}

/** A gateway with these settings before two subgraphs, `stock` and `prices`. */
export async function startFaulty(settings: Partial<GatewaySettings> = {}): Promise<FaultyGateway> {
  const [stock, prices] = await Promise.all([serveFaulty(), serveFaulty()]);
  const folder = await mkdtemp(join(tmpdir(), 'gateway-traffic-'));
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, compose(SUBGRAPHS));
  const url = ({ port }: FaultySubgraph) => `http://127.0.0.1:${port}/graphql`;
  const subgraphs = {
    stock: { ...settings.subgraphs?.stock, url: url(stock) },
    prices: { ...settings.subgraphs?.prices, url: url(prices) },
  };
  const gateway = await startGateway(checkConfig({ ...settings, supergraph, port: 0, subgraphs }), {
    log: createLog({ name: 'gateway', level: 'silent' }),
    production: false,
  });
  return {
    gateway,
    stock,
    prices,
    async ask(query, { headers = {}, signal, variables } = {}) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
        ...(signal && { signal }),
      });
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
    async close() {
      await Promise.all([stock.close(), prices.close()]);
      await gateway.close();
      await rm(folder, { recursive: true });
    },
  };
}
