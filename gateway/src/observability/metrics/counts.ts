import { Counter, Gauge, type Metrics } from '@colloquy/service';
import type { BreakerReading, CacheName, Held } from '../telemetry.ts';

/** Plain numbers that the metrics show when somebody asks for them, so that counting costs an addition. */
export interface Counts {
  operationsInFlight: number;
  readonly held: Record<Held, number>;
  readonly hits: Record<CacheName, number>;
  readonly misses: Record<CacheName, number>;
  /** By subgraph. */
  readonly sharedFetches: Map<string, number>;
  readonly schemaLoads: Record<'active' | 'refused', number>;
  schema: string | undefined;
  readBreakers(): Iterable<BreakerReading>;
}

/** Identifies a schema well enough, and keeps the metrics readable. */
const SCHEMA_ID_LENGTH = 12;

/** Registers the metrics that show the counts. */
export function createCounts(metrics: Metrics): Counts {
  const counts: Counts = {
    operationsInFlight: 0,
    held: { subscriptions: 0, upstreams: 0, sockets: 0 },
    hits: { documents: 0, plans: 0, responses: 0, persisted: 0 },
    misses: { documents: 0, plans: 0, responses: 0, persisted: 0 },
    sharedFetches: new Map(),
    schemaLoads: { active: 0, refused: 0 },
    schema: undefined,
    readBreakers: () => [],
  };
  registerLevels(metrics, counts);
  registerLookups(metrics, counts);
  registerSharedFetches(metrics, counts);
  registerSchema(metrics, counts);
  registerBreakers(metrics, counts);
  return counts;
}

function registerLevels(metrics: Metrics, counts: Counts): void {
  const level = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [metrics.registry],
      collect() {
        this.set(read());
      },
    });
  level('gateway_operations_in_flight', 'Operations that are being answered', () => counts.operationsInFlight);
  level('gateway_open_sockets', 'WebSockets of clients', () => counts.held.sockets);
  level('gateway_open_upstreams', 'Subscriptions at subgraphs', () => counts.held.upstreams);
}

function registerLookups(metrics: Metrics, { hits, misses }: Counts): void {
  new Counter({
    name: 'gateway_cache_lookups_total',
    help: 'Lookups in a cache, by what came of them',
    labelNames: ['cache', 'result'],
    registers: [metrics.registry],
    collect() {
      this.reset();
      for (const cache of Object.keys(hits) as CacheName[]) {
        this.inc({ cache, result: 'hit' }, hits[cache]);
        this.inc({ cache, result: 'miss' }, misses[cache]);
      }
    },
  });
}

function registerSharedFetches(metrics: Metrics, { sharedFetches }: Counts): void {
  new Counter({
    name: 'gateway_shared_fetches_total',
    help: 'Queries to a subgraph that got their answer from the request of another one',
    labelNames: ['subgraph'],
    registers: [metrics.registry],
    collect() {
      this.reset();
      for (const [subgraph, count] of sharedFetches) this.inc({ subgraph }, count);
    },
  });
}

function registerSchema(metrics: Metrics, counts: Counts): void {
  new Gauge({
    name: 'gateway_schema_info',
    help: 'The schema that new operations begin on',
    labelNames: ['schema'],
    registers: [metrics.registry],
    collect() {
      this.reset();
      if (counts.schema !== undefined) this.set({ schema: counts.schema.slice(0, SCHEMA_ID_LENGTH) }, 1);
    },
  });
  new Counter({
    name: 'gateway_schema_loads_total',
    help: 'Supergraphs that took over, and those that could not be used',
    labelNames: ['outcome'],
    registers: [metrics.registry],
    collect() {
      this.reset();
      this.inc({ outcome: 'active' }, counts.schemaLoads.active);
      this.inc({ outcome: 'refused' }, counts.schemaLoads.refused);
    },
  });
}

const BREAKER_STATES = ['closed', 'open', 'half-open'] as const;

function registerBreakers(metrics: Metrics, counts: Counts): void {
  new Gauge({
    name: 'gateway_breaker_state',
    help: '1 for the state that the circuit breaker of a subgraph is in',
    labelNames: ['subgraph', 'state'],
    registers: [metrics.registry],
    collect() {
      this.reset();
      for (const { subgraph, state } of counts.readBreakers()) {
        for (const name of BREAKER_STATES) this.set({ subgraph, state: name }, name === state ? 1 : 0);
      }
    },
  });
}
