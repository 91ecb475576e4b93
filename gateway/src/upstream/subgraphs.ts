import type { Log } from '@colloquy/service';
import type { GatewayConfig } from '../config/config.ts';
import type { Generation } from '../schema/generation.ts';
import { createSubgraph, type Subgraph } from './subgraph.ts';

/** The subgraphs of the current schema, by name. */
export interface Subgraphs {
  /** Throws when the schema has no such subgraph. */
  get(name: string): Subgraph;
  all(): readonly Subgraph[];
  /** Makes the connections of a new schema; those whose address stays are kept, others close when they are idle. */
  follow(generation: Generation): void;
  close(): Promise<void>;
}

type SubgraphSettings = Pick<GatewayConfig, 'subgraphs' | 'timeoutMilliseconds'> & {
  limits: Pick<GatewayConfig['limits'], 'answerBytes'>;
};

export function createSubgraphs(config: SubgraphSettings, log: Log): Subgraphs {
  let byName = new Map<string, Subgraph>();

  function close(subgraphs: Iterable<Subgraph>): Promise<unknown> {
    const closed = [...subgraphs].map((subgraph) =>
      subgraph.close().catch((error: unknown) => log.warn({ err: error, subgraph: subgraph.name }, 'could not close')),
    );
    return Promise.all(closed);
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
        const settings = config.subgraphs[name];
        const url = new URL(settings?.url ?? given).href;
        const kept = before.get(name);
        if (kept?.url.href === url) {
          byName.set(name, kept);
          before.delete(name);
        } else {
          const timeoutMilliseconds = settings?.timeoutMilliseconds ?? config.timeoutMilliseconds;
          byName.set(
            name,
            createSubgraph({ name, url, timeoutMilliseconds, maxAnswerBytes: config.limits.answerBytes }),
          );
        }
      }
      void close(before.values());
    },
    async close() {
      await close(byName.values());
    },
  };
}
