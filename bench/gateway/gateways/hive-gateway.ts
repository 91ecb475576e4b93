import { join } from 'node:path';
import { type Gateway, node, PEERS, peerPackage } from './gateway.ts';

/** Hive Gateway (Node) with its Rust runtime. Deduplication is what it does by default. */
export function hiveGateway(deduplicates: boolean): Gateway {
  return {
    name: deduplicates ? 'hive-gateway+dedupe' : 'hive-gateway',
    title: 'Hive Gateway, Rust runtime',
    deduplicates,
    ...peerPackage('@graphql-hive/gateway'),
    command({ port, supergraph }) {
      const program = join(PEERS, 'node_modules/@graphql-hive/gateway/dist/bin.js');
      const config = join(PEERS, deduplicates ? 'hive.mjs' : 'hive-without-dedupe.mjs');
      const flags = ['--hive-router-runtime', '--config-path', config, '--host', '127.0.0.1', '--port', String(port)];
      return node(program, 'supergraph', supergraph, ...flags);
    },
  };
}
