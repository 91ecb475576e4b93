import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { StackError, systemCode } from './errors.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { acquireLock } from './lock.ts';

/** Below the ports that systems hand out for outgoing connections: one of those may be taken between stop and start. */
const FIRST_PORT = 20_000;
const LAST_PORT = 31_999;
const ATTEMPTS = 400;

export type Ports = Readonly<Record<string, number>>;

export interface PortRequest {
  readonly home: string;
  readonly cache: string;
  readonly names: readonly string[];
  /** The ports that this home used before; kept where they are still free. */
  readonly known: Ports;
  /** Writes the answer down. Runs while the registry is locked, so no other home is given the same ports. */
  persist(ports: Ports): void;
  /** Reads the ports that another home has written down; a home that is gone has none. */
  portsOf(home: string): Ports;
}

/**
 * Gives each name a port that nothing listens on and that belongs to no other home with the same cache, running or not.
 */
export async function reservePorts(request: PortRequest): Promise<Ports> {
  mkdirSync(request.cache, { recursive: true });
  const file = join(request.cache, 'ports.json');
  const lock = await acquireLock(join(request.cache, 'locks', 'ports.lock'));
  try {
    const owners = new Map(readOwners(file).filter(([port, home]) => ownsPort(request, home, port)));
    const ports: Record<string, number> = {};
    for (const name of request.names) {
      const port = await choosePort(request, name, owners);
      owners.set(port, request.home);
      ports[name] = port;
    }
    request.persist(ports);
    writeJsonFile(file, Object.fromEntries(owners));
    return ports;
  } finally {
    lock.release();
  }
}

/** Whether a server could listen on this port now, on the loopback address and on all addresses. */
export async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '0.0.0.0'));
}

async function choosePort(request: PortRequest, name: string, owners: ReadonlyMap<number, string>): Promise<number> {
  const known = request.known[name];
  const ours = known !== undefined && (owners.get(known) ?? request.home) === request.home;
  if (known !== undefined && ours && (await isFree(known))) return known;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = randomInt(FIRST_PORT, LAST_PORT + 1);
    if (!owners.has(port) && (await isFree(port))) return port;
  }
  throw new StackError('NO_FREE_PORT', `No free port between ${FIRST_PORT} and ${LAST_PORT} was found for ${name}.`);
}

/** An entry of another home counts while that home still has the port written down; our own are chosen anew. */
function ownsPort(request: PortRequest, home: string, port: number): boolean {
  return home !== request.home && Object.values(request.portsOf(home)).includes(port);
}

function readOwners(file: string): [number, string][] {
  const value = readJsonFile(file);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([port, home]) => (typeof home === 'string' ? [[Number(port), home]] : []));
}

async function canListen(port: number, host: string): Promise<boolean> {
  const server = createServer();
  try {
    const listening = once(server, 'listening');
    server.listen({ port, host, exclusive: true });
    await listening;
    return true;
  } catch (error) {
    if (['EADDRINUSE', 'EACCES'].includes(systemCode(error) ?? '')) return false;
    throw error;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
