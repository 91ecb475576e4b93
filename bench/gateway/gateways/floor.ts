import { join } from 'node:path';
import { NODE_FLAGS } from './colloquy.ts';
import { type Gateway, HERE, node } from './gateway.ts';

/** No gateway: one program for each of the two queries. What it costs, no gateway in Node can go below. */
export const floor: Gateway = {
  name: 'floor',
  title: 'Floor (bare HTTP and JSON for the same fetches)',
  deduplicates: false,
  version: process.version,
  missing: null,
  command: ({ port, services }) =>
    node(...NODE_FLAGS, join(HERE, 'floor/main.ts'), '--services', services, '--port', String(port)),
};
