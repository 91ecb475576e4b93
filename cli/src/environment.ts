import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from './exit.ts';
import { REPOSITORY_ROOT } from './repository.ts';

const STORE_VARIABLES = [
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'REDIS_URL',
  'NEO4J_URL',
  'NEO4J_USER',
  'NEO4J_PASSWORD',
  'WEAVIATE_URL',
  'WEAVIATE_GRPC_URL',
  'WEAVIATE_API_KEY',
] as const;

const variables = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(4000),
  NODE_ENV: z.string().default('development'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  COLLOQUY_URL: z.url({ protocol: /^https?$/ }).optional(),
  COLLOQUY_TOKEN: z.string().optional(),
  COLLOQUY_HOME: z.string().default(join(REPOSITORY_ROOT, '.colloquy')),
  COLLOQUY_CACHE: z.string().default(join(homedir(), '.cache', 'colloquy')),
  OBJECT_STORE_URL: z.string().optional(),
  JWT_SECRET: z.string().min(32, 'expected at least 32 characters').optional(),
  JWT_JWKS_URL: z.url().optional(),
  JWT_ISSUER: z.string().default('colloquy'),
  JWT_AUDIENCE: z.string().default('colloquy'),
  ARCHIVE_URL: z.url().optional(),
  KNOWLEDGE_URL: z.url().optional(),
  SEARCH_URL: z.url().optional(),
  EMBEDDER: z.enum(['local', 'http', 'hashing']).default('local'),
  EMBEDDER_MODEL: z.string().optional(),
  EMBEDDER_URL: z.url().optional(),
  EMBEDDER_API_KEY: z.string().optional(),
  MAX_ARCHIVE_BYTES: z.coerce.number().int().positive().optional(),
});

/** Every setting of the command and of the platform that it starts; cli/README.md describes them. */
export type Settings = Omit<z.infer<typeof variables>, 'COLLOQUY_URL'> & {
  /** Where clients reach the gateway, without a trailing slash or path. */
  COLLOQUY_URL: string;
  /** Addresses of stores that somebody else runs, by the names of their variables. */
  stores: Readonly<Partial<Record<(typeof STORE_VARIABLES)[number], string>>>;
  /** Everything that the caller's environment held, for a child that reads its own settings. */
  inherited: Readonly<Record<string, string>>;
};

/** Reads the environment once. An empty variable counts as unset. Throws a UsageError that names each wrong variable. */
export function readSettings(source: NodeJS.ProcessEnv = process.env): Settings {
  const inherited = Object.fromEntries(
    Object.entries(source).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
  const parsed = variables.safeParse(inherited);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new UsageError(`These settings are not usable:\n${faults.join('\n')}`);
  }
  const settings = parsed.data;
  return {
    ...settings,
    COLLOQUY_HOME: resolve(settings.COLLOQUY_HOME),
    COLLOQUY_CACHE: resolve(settings.COLLOQUY_CACHE),
    COLLOQUY_URL: baseUrl(settings.COLLOQUY_URL ?? `http://localhost:${settings.PORT}`),
    stores: Object.fromEntries(
      STORE_VARIABLES.flatMap((name) => (inherited[name] ? [[name, inherited[name]] as const] : [])),
    ),
    inherited,
  };
}

/** People paste the address that `ready` prints, so a path of `/graphql` is taken off. */
function baseUrl(url: string): string {
  return url.replace(/\/(graphql\/?)?$/, '');
}

/** https://no-color.org: any value that is not empty turns colours off. */
export function coloursAllowed(source: NodeJS.ProcessEnv = process.env): boolean {
  return !source.NO_COLOR;
}
