import type { Ports } from './ports.ts';
import type { StoreName } from './report.ts';
import { secret } from './secret.ts';

/** Addresses that somebody set, which are then used instead of stores of our own. */
export interface StoreUrls {
  readonly DATABASE_URL?: string;
  readonly DATABASE_OWNER_URL?: string;
  readonly REDIS_URL?: string;
  readonly NEO4J_URL?: string;
  readonly NEO4J_USER?: string;
  readonly NEO4J_PASSWORD?: string;
  readonly WEAVIATE_URL?: string;
  readonly WEAVIATE_GRPC_URL?: string;
  readonly WEAVIATE_API_KEY?: string;
}

/** What our services need to reach the stores, by the names of their environment variables. */
export type Settings = Readonly<Record<string, string>>;

export const LOOPBACK = '127.0.0.1';
export const DATABASE = 'colloquy';
export const OWNER_ROLE = 'colloquy_owner';
export const APP_ROLE = 'colloquy_app';

/** The variables that belong together: they come all from the user or all from the local store. */
const VARIABLES: Readonly<Record<Exclude<StoreName, 'model'>, readonly (keyof StoreUrls)[]>> = {
  postgres: ['DATABASE_URL', 'DATABASE_OWNER_URL'],
  redis: ['REDIS_URL'],
  neo4j: ['NEO4J_URL', 'NEO4J_USER', 'NEO4J_PASSWORD'],
  weaviate: ['WEAVIATE_URL', 'WEAVIATE_GRPC_URL', 'WEAVIATE_API_KEY'],
};

/** Whether the user gave the address of this store. */
export function isGiven(store: StoreName, urls: StoreUrls): boolean {
  return store !== 'model' && VARIABLES[store].slice(0, 1).some((name) => (urls[name] ?? '') !== '');
}

/** The settings of a store whose address was given. */
export function givenSettings(store: StoreName, urls: StoreUrls): Settings {
  if (store === 'model') return {};
  const entries = VARIABLES[store].map((name) => [name, urls[name] ?? ''] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

/** The settings of a store of our own, known before it runs. */
export async function localSettings(store: StoreName, home: string, ports: Ports): Promise<Settings> {
  const at = (port: string) => `${LOOPBACK}:${ports[port]}`;
  switch (store) {
    case 'postgres':
      return {
        DATABASE_URL: databaseUrl(APP_ROLE, await secret(home, 'postgres-app'), at('postgres'), DATABASE),
        DATABASE_OWNER_URL: databaseUrl(OWNER_ROLE, await secret(home, 'postgres-owner'), at('postgres'), DATABASE),
      };
    case 'redis':
      return { REDIS_URL: `redis://:${await secret(home, 'redis')}@${at('redis')}` };
    case 'neo4j':
      return {
        NEO4J_URL: `bolt://${at('neo4j-bolt')}`,
        NEO4J_USER: 'neo4j',
        NEO4J_PASSWORD: await secret(home, 'neo4j'),
      };
    case 'weaviate':
      return {
        WEAVIATE_URL: `http://${at('weaviate-http')}`,
        WEAVIATE_GRPC_URL: `http://${at('weaviate-grpc')}`,
        WEAVIATE_API_KEY: await secret(home, 'weaviate'),
      };
    case 'model':
      return {};
  }
}

/** The superuser's address; it never leaves the stack. */
export async function superuserUrl(home: string, ports: Ports, database: string): Promise<string> {
  return databaseUrl('postgres', await secret(home, 'postgres-superuser'), `${LOOPBACK}:${ports.postgres}`, database);
}

/** The one setting that says where a store is, without user and password. */
export function shownAddress(store: StoreName, settings: Settings): string | null {
  if (store === 'model') return settings.EMBEDDER_MODEL_FOLDER ?? null;
  const url = settings[VARIABLES[store][0] ?? ''];
  if (url === undefined) return null;
  return URL.canParse(url) ? new URL(url).host : 'an address that is no URL';
}

function databaseUrl(user: string, password: string, address: string, database: string): string {
  return `postgresql://${user}:${password}@${address}/${database}`;
}
