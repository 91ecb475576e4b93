import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@colloquy/service';
import type { RunningService } from '@colloquy/service/subgraph';
import { checkConfig, type GatewaySettings, type RunningGateway, startGateway } from '../../src/index.ts';
import { createFeed, FEED, type Feed, ITEMS, serveFeed, serveItems } from './feed-subgraphs.ts';
import { compose, JWT_SECRET } from './gateway.ts';
import { IDENTITY_SECRET } from './shop.ts';

export const RESUME = { entries: { argument: 'after', cursor: 'cursor', withoutCursor: 'earliest' } } as const;

export interface FeedGateway {
  gateway: RunningGateway;
  feed: Feed;
  items: { requests: number };
  supergraphFile: string;
  /** Composes with other texts of the subgraphs and lets the gateway take over the result. */
  recompose(sdl: { feed?: string; items?: string }): Promise<void>;
  /** Where the subgraph of the log is. */
  service: RunningService;
  close(): Promise<void>;
}

/** A log and its items, with a gateway before them. */
export async function startFeed(settings: Partial<GatewaySettings> = {}, last = () => 0): Promise<FeedGateway> {
  const feed = createFeed(last);
  const items = { requests: 0 };
  const [service, itemService] = await Promise.all([serveFeed(feed), serveItems(items)]);
  const folder = await mkdtemp(join(tmpdir(), 'feed-'));
  const supergraphFile = join(folder, 'supergraph.graphql');
  await writeFile(supergraphFile, compose({ feed: FEED, items: ITEMS }));
  const gateway = await startGateway(
    checkConfig({
      supergraph: supergraphFile,
      port: 0,
      subgraphs: { feed: { url: `${service.url}/graphql` }, items: { url: `${itemService.url}/graphql` } },
      jwt: { secret: JWT_SECRET, issuer: 'shop', audience: 'shop-clients', typ: 'JWT' },
      identity: { secret: IDENTITY_SECRET },
      ...settings,
    }),
    { log: createLog({ name: 'gateway', level: 'silent' }), production: false },
  );
  const running: FeedGateway = {
    gateway,
    feed,
    items,
    supergraphFile,
    service,
    recompose: (sdl) => writeFile(supergraphFile, compose({ feed: FEED, items: ITEMS, ...sdl })),
    async close() {
      await gateway.close();
      await Promise.all([running.service.close(), itemService.close()]);
      await rm(folder, { recursive: true });
    },
  };
  return running;
}
