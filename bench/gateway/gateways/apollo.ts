import { join } from 'node:path';
import { type Gateway, node, PEERS, peerPackage } from './gateway.ts';

/** @apollo/gateway and @apollo/server as they are shipped. */
export const apollo: Gateway = {
  name: 'apollo',
  title: 'Apollo Gateway',
  deduplicates: false,
  ...peerPackage('@apollo/gateway'),
  command: ({ port, supergraph }) =>
    node(join(PEERS, 'apollo.mjs'), '--supergraph', supergraph, '--port', String(port)),
};
