import { ApolloServer, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { createErrorMask, operationMetrics } from '../apollo-plugins.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { limitRepresentations } from './representations.ts';

/** Executes queries and mutations of a subgraph. Start it before use, stop it last. */
export function createApollo<Context extends BaseContext>(options: {
  schema: GraphQLSchema;
  production: boolean;
  log: Log;
  metrics: Metrics;
}): ApolloServer<Context> {
  const mask = createErrorMask(options.log);
  return new ApolloServer<Context>({
    schema: options.schema,
    logger: options.log,
    formatError: mask.formatError,
    includeStacktraceInErrorResponses: false,
    introspection: !options.production,
    nodeEnv: options.production ? 'production' : 'development',
    persistedQueries: false,
    stopOnTerminationSignals: false,
    plugins: [
      mask.plugin,
      operationMetrics(options.metrics),
      limitRepresentations,
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
    ],
  });
}
