import { IDENTITY_HEADER, type Log } from '@colloquy/service';
import type { GatewayConfig } from '../config/config.ts';
import { trafficOf } from '../config/traffic.ts';
import type { Generation } from '../schema/generation.ts';
import { compileHeaderRules } from './header-rules.ts';
import { createSubgraph, type Subgraph } from './subgraph.ts';

/** The subgraphs of the current schema, by name. */
export interface Subgraphs {
  /** Throws when the schema has no such subgraph. */
  get(name: string): Subgraph;
  all(): readonly Subgraph[];
  /** Makes the connections of a new schema; those whose address stays are kept, others close when they are idle. */
  follow(generation: Pick<Generation, 'subgraphs'>): void;
  close(): Promise<void>;
}

export type SubgraphsConfig = Pick<GatewayConfig, 'subgraphs' | 'traffic' | 'headers' | 'identity'> & {
  limits: Pick<GatewayConfig['limits'], 'answerBytes'>;
};

/** `shared` is called with a subgraph's name for each query that shares the request of another one. */
export function createSubgraphs(
  config: SubgraphsConfig,
  { log, shared }: { log: Log; shared(subgraph: string): void },
): Subgraphs {
  const identityHeader = config.identity?.header ?? IDENTITY_HEADER;
  let byName = new Map<string, Subgraph>();

  function create(name: string, url: string): Subgraph {
    return createSubgraph({
      name,
      url,
      traffic: trafficOf(config.traffic, config.subgraphs[name]?.traffic),
      headers: compileHeaderRules(config.headers, name, [identityHeader]),
      identityHeader,
      maxAnswerBytes: config.limits.answerBytes,
      shared: () => shared(name),
      log,
    });
  }

  function close(subgraphs: Iterable<Subgraph>): Promise<unknown> {
    return Promise.all([...subgraphs].map((subgraph) => subgraph.close()));
  }

  return {
    get(name) {
      const subgraph = byName.get(name);
      if (!subgraph) throw new Error(`The supergraph has no subgraph "${name}".`);
      return subgraph;
    },
    all: () => [...byName.values()],
    follow(generation) {
      const before = byName;
      byName = new Map();
      for (const { name, url: given } of generation.subgraphs) {
        const url = new URL(config.subgraphs[name]?.url ?? given).href;
        const kept = before.get(name);
        if (kept?.url.href === url) before.delete(name);
        byName.set(name, kept?.url.href === url ? kept : create(name, url));
      }
      void close(before.values());
    },
    async close() {
      await close(byName.values());
    },
  };
}
