import { join } from 'node:path';
import { type Gateway, node, PEERS, peerPackage } from './gateway.ts';

/** It composes the subgraphs by itself and knows Federation 1 alone. */
export const mercurius: Gateway = {
  name: 'mercurius',
  title: 'Mercurius',
  deduplicates: false,
  ...peerPackage('mercurius'),
  command: ({ port, services }) => node(join(PEERS, 'mercurius.mjs'), '--services', services, '--port', String(port)),
};
