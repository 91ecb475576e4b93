import { join } from 'node:path';
import { GATEWAY_PROGRAM } from '../../../cli/src/repository.ts';
import { type Gateway, HERE, node } from './gateway.ts';

const FLAGS = GATEWAY_PROGRAM.filter((argument) => argument.startsWith('--'));

/** No gateway, but what none in Node can go below: a program for each of the two queries. */
export const floor: Gateway = {
  name: 'floor',
  title: 'Floor (bare HTTP and JSON for the same fetches)',
  deduplicates: false,
  version: process.version,
  missing: null,
  command: ({ port, services }) =>
    node(...FLAGS, join(HERE, 'floor/main.ts'), '--services', services, '--port', String(port)),
};
