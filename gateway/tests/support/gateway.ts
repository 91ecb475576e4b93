import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { createLog } from '@colloquy/service';
import type { RunningService } from '@colloquy/service/subgraph';
import { jest } from '@jest/globals';
import { parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { SignJWT } from 'jose';
import { WebSocket } from 'ws';
import { checkConfig, type GatewaySettings, type RunningGateway, startGateway } from '../../src/index.ts';
import { IDENTITY_SECRET, ORDERS, PRODUCTS, REVIEWS, serveOrders, serveProducts, serveReviews } from './shop.ts';

// Four servers start for each file, which takes seconds on a machine that is busy.
jest.setTimeout(60_000);

export const JWT_SECRET = 'the secret with which client tokens are signed';

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape
  body: any;
}

export interface ShopGateway {
  gateway: RunningGateway;
  supergraphFile: string;
  orders: RunningService;
  reviews: RunningService;
  /** Sends an operation by POST. */
  ask(
    query: string,
    options?: { variables?: object; token?: string | null; headers?: Record<string, string> },
  ): Promise<Answer>;
  /** A graphql-ws client that does not retry. */
  socketClient(options?: { token?: string | null; closed?(code: number): void }): ReturnType<typeof createClient>;
  close(): Promise<void>;
}

export function compose(services: Record<string, string>): string {
  const result = composeServices(
    Object.entries(services).map(([name, sdl]) => ({
      name,
      url: `http://${name}.invalid/graphql`,
      typeDefs: parse(sdl),
    })),
  );
  if (!result.supergraphSdl) throw new Error(result.errors?.map(({ message }) => message).join('\n'));
  return result.supergraphSdl;
}

/** A client token; `expiresIn` in seconds from now. */
export function token(claims: Record<string, unknown> = {}, expiresIn = 600): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject('alice')
    .setIssuer('shop')
    .setAudience('shop-clients')
    .setExpirationTime(Math.floor(Date.now() / 1000) + expiresIn)
    .sign(new TextEncoder().encode(JWT_SECRET));
}

/** The shop's three subgraphs and a gateway before them. */
export async function startShop(
  settings: Partial<GatewaySettings> & { production?: boolean } = {},
): Promise<ShopGateway> {
  const { production = false, ...config } = settings;
  const [orders, products, reviews] = await Promise.all([serveOrders(), serveProducts(), serveReviews()]);
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const supergraphFile = join(folder, 'supergraph.graphql');
  await writeFile(supergraphFile, compose({ orders: ORDERS, products: PRODUCTS, reviews: REVIEWS }));
  const gateway = await startGateway(
    checkConfig({
      supergraph: supergraphFile,
      port: 0,
      subgraphs: {
        orders: { url: `${orders.url}/graphql` },
        products: { url: `${products.url}/graphql` },
        reviews: { url: `${reviews.url}/graphql` },
      },
      jwt: { secret: JWT_SECRET, issuer: 'shop', audience: 'shop-clients', typ: 'JWT' },
      identity: { secret: IDENTITY_SECRET },
      routes: [{ prefix: '/uploads/', methods: ['PUT'], subgraph: 'orders' }],
      readiness: { required: ['orders'] },
      ...config,
    }),
    { log: createLog({ name: 'gateway', level: 'silent' }), production },
  );
  const valid = await token();
  return {
    gateway,
    supergraphFile,
    orders,
    reviews,
    async ask(query, options = {}) {
      const given = options.token === undefined ? valid : options.token;
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(given !== null && { authorization: `Bearer ${given}` }),
          ...options.headers,
        },
        body: JSON.stringify({ query, variables: options.variables }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
    },
    socketClient(options = {}) {
      const given = options.token === undefined ? valid : options.token;
      return createClient({
        url: `${gateway.url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: given === null ? {} : { authorization: `Bearer ${given}` },
        on: { closed: (event) => options.closed?.((event as { code: number }).code) },
      });
    },
    async close() {
      await gateway.close();
      await Promise.all([orders.close(), products.close(), reviews.close()]);
      await rm(folder, { recursive: true });
    },
  };
}

/** Waits until the condition holds; fails after 10 s, or the given time. */
export async function until(condition: () => boolean | Promise<boolean>, milliseconds = 10_000): Promise<void> {
  const limit = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error('The condition never came true.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
