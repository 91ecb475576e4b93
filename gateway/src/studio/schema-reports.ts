import { ApolloServerPluginSchemaReporting } from '@apollo/server/plugin/schemaReporting';
import type { Log } from '@colloquy/service';
import type { GraphQLSchema } from 'graphql';
import type { StudioConfig } from '../config/studio.ts';
import { pluginLogger, type StudioAccount, serverContext } from './host.ts';

export interface SchemaReports {
  schemaActive(apiSchema: GraphQLSchema): void;
  close(): Promise<void>;
}

/**
 * Registers the schema that clients see, through Apollo's own plugin: at the start, at each change, and again whenever
 * Apollo asks for it. Apollo takes it for graphs that are registered as one schema and refuses it for those registered
 * as subgraphs, which is logged; the plugin then stops.
 */
export function createSchemaReports(account: StudioAccount, config: StudioConfig['schema'], log: Log): SchemaReports {
  const logger = pluginLogger(log);
  const plugin = ApolloServerPluginSchemaReporting({
    initialDelayMaxMs: config.startDelayMilliseconds,
    ...(config.endpoint !== undefined && { endpointUrl: config.endpoint }),
  });
  let started: ReturnType<NonNullable<typeof plugin.serverWillStart>> | undefined;

  return {
    schemaActive(apiSchema) {
      started ??= plugin.serverWillStart?.(serverContext(account, apiSchema, logger));
      started?.then(
        (listener) => listener?.schemaDidLoadOrUpdate?.({ apiSchema }),
        (error: unknown) => log.error({ err: error }, 'schemas cannot be reported to Apollo Studio'),
      );
    },
    async close() {
      const listener = await started?.catch(() => undefined);
      await listener?.serverWillStop?.();
    },
  };
}
