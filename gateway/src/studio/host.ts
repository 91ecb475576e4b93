import type { GraphQLServerContext } from '@apollo/server';
import type { Log } from '@colloquy/service';
import type { GraphQLSchema } from 'graphql';

/** The account that Apollo's plugins report for. */
export interface StudioAccount {
  readonly key: string;
  readonly keyHash: string;
  readonly graphRef: string;
}

/** Our log in the form that Apollo's plugins want. */
export function pluginLogger(log: Log): GraphQLServerContext['logger'] {
  const write = (level: 'debug' | 'info' | 'warn' | 'error') => (message?: unknown) => log[level](String(message));
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** What a plugin is told of the server that hosts it. */
export function serverContext(
  account: StudioAccount,
  schema: GraphQLSchema,
  logger: GraphQLServerContext['logger'],
): GraphQLServerContext {
  const cache = { get: async () => undefined, set: async () => {}, delete: async () => {} };
  return { logger, cache, schema, apollo: account, startedInBackground: false };
}
