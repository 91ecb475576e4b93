import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { GATEWAY_PROGRAM } from '../../cli/src/repository.ts';
import { freePort, startOnCore } from '../gateway/gateway-process.ts';
import { node } from '../gateway/gateways/gateway.ts';
import { processUsage } from '../gateway/process-usage.ts';
import { percentile } from '../gateway/statistics.ts';
import { openClients } from './clients.ts';
import { ITEMS, TICKS } from './sdl.ts';

export const CONTESTANTS = ['bare graphql-ws', 'colloquy', 'colloquy with an entity field'] as const;
export type Contestant = (typeof CONTESTANTS)[number];

export interface Figures {
  contestant: Contestant;
  round: number;
  /** Resident once all subscriptions are open, and the most that ever was. */
  openBytes: number;
  peakBytes: number;
  p50: number;
  p99: number;
  /** Of the server, per event and client. */
  cpuMicroseconds: number;
  /** Subscriptions at the subgraph, and fetches of entities per event; null without federation. */
  upstreams: number | null;
  fetchesPerEvent: number | null;
  /** Events that were lost, repeated or out of order. */
  faults: number;
}

export interface VisitSettings {
  clients: number;
  events: number;
  intervalMilliseconds: number;
  folder: string;
  serverCore: number;
  loadCore: number;
}

const WARM_UP_EVENTS = 3;
const PLAIN = 'subscription { tick { at sequence text } }';
const WITH_ENTITY = 'subscription { tick { at sequence text item { name } } }';

/** Starts a server of its own, subscribes, measures one series of events, and ends everything. */
export async function visit(contestant: Contestant, round: number, settings: VisitSettings): Promise<Figures> {
  const started: { stop(): Promise<void> }[] = [];
  const begin = async (core: number, name: string, command: (port: number) => ReturnType<typeof node>) => {
    const port = await freePort();
    const folder = join(settings.folder, name);
    mkdirSync(folder, { recursive: true });
    const url = `http://127.0.0.1:${port}`;
    const ready = () =>
      fetch(`${url}/`).then(
        () => true,
        () => false,
      );
    const running = await startOnCore(core, command(port), { folder, ready });
    started.push(running);
    return { ...running, url };
  };
  const script = (name: string, ...args: string[]) => node(join(import.meta.dirname, name), ...args);
  try {
    if (contestant === 'bare graphql-ws') {
      const server = await begin(settings.serverCore, 'bare', (port) => script('bare.ts', String(port)));
      return {
        ...(await measure(server, server.url, PLAIN, settings)),
        contestant,
        round,
        upstreams: null,
        fetchesPerEvent: null,
      };
    }
    const ticks = await begin(settings.loadCore, 'ticks', (port) => script('source.ts', 'ticks', String(port)));
    const items = await begin(settings.loadCore, 'items', (port) => script('source.ts', 'items', String(port)));
    const supergraph = join(settings.folder, 'supergraph.graphql');
    writeFileSync(supergraph, compose({ ticks: ticks.url, items: items.url }));
    const gateway = await begin(settings.serverCore, 'gateway', (port) =>
      node(...GATEWAY_PROGRAM, '--supergraph', supergraph, '--port', String(port)),
    );
    const query = contestant === 'colloquy' ? PLAIN : WITH_ENTITY;
    let upstreams = 0;
    const figures = await measure(gateway, ticks.url, query, settings, async () => {
      upstreams = (await stateOf(ticks.url)).readers;
    });
    const { requests } = await stateOf(items.url);
    const fetchesPerEvent = requests / (settings.events + WARM_UP_EVENTS);
    return { ...figures, contestant, round, upstreams, fetchesPerEvent };
  } finally {
    for (const running of started.reverse()) await running.stop();
  }
}

type Measured = Pick<Figures, 'openBytes' | 'peakBytes' | 'p50' | 'p99' | 'cpuMicroseconds' | 'faults'>;

async function measure(
  server: { pid: number; url: string },
  source: string,
  query: string,
  { clients: count, events, intervalMilliseconds }: VisitSettings,
  whileOpen: () => Promise<void> = async () => undefined,
): Promise<Measured> {
  const clients = await openClients(`${server.url.replace('http', 'ws')}/graphql`, count, query);
  const emit = async (number: number) => {
    const collected = clients.collect(number);
    await fetch(`${source}/emit?count=${number}&interval=${intervalMilliseconds}`, { method: 'POST' });
    return collected;
  };
  await sleep(2000);
  const openBytes = residentBytes(server.pid);
  await whileOpen();
  await emit(WARM_UP_EVENTS);
  const before = processUsage(server.pid);
  const { latencies, faults } = await emit(events);
  const after = processUsage(server.pid);
  await clients.close();
  return {
    openBytes,
    peakBytes: after.peakBytes,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    cpuMicroseconds: ((after.cpuMilliseconds - before.cpuMilliseconds) * 1000) / (events * count),
    faults,
  };
}

function residentBytes(pid: number): number {
  const text = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(text ?? 0) * 1024;
}

async function stateOf(url: string): Promise<{ readers: number; requests: number }> {
  return (await fetch(url)).json() as Promise<{ readers: number; requests: number }>;
}

function compose(urls: Record<'ticks' | 'items', string>): string {
  const { supergraphSdl, errors } = composeServices([
    { name: 'ticks', url: `${urls.ticks}/graphql`, typeDefs: parse(TICKS) },
    { name: 'items', url: `${urls.items}/graphql`, typeDefs: parse(ITEMS) },
  ]);
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
