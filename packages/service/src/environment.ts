import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

/** What every server of ours reads from its environment. Extend it with `serviceEnvironment.extend({...})`. */
export const serviceEnvironment = z.object({
  /** The address to listen on. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** The port to listen on; 0 takes a free one. */
  PORT: port.default(0),
  /** The port of `GET /metrics`; 0 takes a free one. */
  METRICS_PORT: port.default(0),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** Shared by the gateway and its subgraphs: signs the identity that a subgraph demands. */
  IDENTITY_SECRET: z.string().min(32),
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
});
export type ServiceEnvironment = z.infer<typeof serviceEnvironment>;

/** Settings that are absent or wrong; the message names each variable, what was expected and what was found. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly code = 'ENVIRONMENT';
}

/** A URL may hold a password, so it is treated as a secret too. */
const SECRET_NAME = /SECRET|PASSWORD|TOKEN|KEY|URL/;

function found(name: string, value: string | undefined): string {
  if (value === undefined) return 'nothing';
  return SECRET_NAME.test(name) ? `${value.length} characters (not shown)` : JSON.stringify(value);
}

/**
 * Reads and checks the environment once. A variable that is set to the empty text counts as unset.
 * Throws EnvironmentError naming every variable that is wrong; secrets are not echoed.
 */
export function readEnvironment<T>(schema: z.ZodType<T>, source: NodeJS.ProcessEnv): T {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const name = issue.path.join('.') || 'environment';
    return `  ${name}: ${issue.message}; found ${found(name, present[name])}`;
  });
  throw new EnvironmentError(`The environment is not usable:\n${lines.join('\n')}`);
}
