import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a gateway is started with. */
export interface GatewaySetup {
  port: number;
  /** Path of the composed schema; the subgraphs' addresses are in it. */
  supergraph: string;
  /** Path of a JSON file with `{ name, url, schema }` of every subgraph, for gateways that compose by themselves. */
  services: string;
  /** A folder of this start alone, for configuration files. It is also the working directory. */
  folder: string;
}

export interface GatewayCommand {
  program: string;
  args: string[];
}

/** A gateway in one configuration, as the comparison lists it. */
export interface Gateway {
  /** What `--gateways` calls it. */
  name: string;
  /** What the table calls it. */
  title: string;
  /** Whether identical fetches that are under way at the same time become one. */
  deduplicates: boolean;
  version: string;
  /** Why it cannot run here, or null. */
  missing: string | null;
  /** Writes what configuration it needs into the folder. */
  command(setup: GatewaySetup): GatewayCommand;
}

export const HERE = join(import.meta.dirname, '..');
/** A package of its own, so that none of its dependencies mixes with ours. */
export const PEERS = join(HERE, 'peers');
export const ROOT = join(HERE, '../..');

const INSTALL = 'run `npm ci --ignore-scripts` in bench/gateway/peers';

/** The version of an installed peer, and why it cannot run when it is not installed. */
export function peerPackage(name: string): Pick<Gateway, 'version' | 'missing'> {
  const file = join(PEERS, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return { version: 'not installed', missing: INSTALL };
  return { version: (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version, missing: null };
}

export function node(...args: string[]): GatewayCommand {
  return { program: process.execPath, args };
}
