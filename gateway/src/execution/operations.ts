import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { createErrorMask, type Log, type Metrics, operationMetrics, REQUEST_ID_HEADER } from '@colloquy/service';
import type { GatewayConfig } from '../config/config.ts';
import { forClient } from './client-errors.ts';
import type { OperationContext, OperationResult, StreamSlot } from './context.ts';
import type { Federation } from './executor.ts';

/** An operation as a client sends it. */
export interface OperationRequest {
  query?: string | undefined;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
  extensions?: Record<string, unknown> | null | undefined;
}

/** Parses, limits, validates and runs operations, and masks their errors. Start it before use, stop it last. */
export function createApollo(options: {
  federation: Federation;
  limits: GatewayConfig['limits'];
  production: boolean;
  log: Log;
  metrics: Metrics;
}): ApolloServer<OperationContext> {
  const { limits, production, log } = options;
  const mask = createErrorMask(log, forClient);
  return new ApolloServer<OperationContext>({
    gateway: options.federation,
    logger: log,
    formatError: mask.formatError,
    includeStacktraceInErrorResponses: false,
    introspection: !production,
    hideSchemaDetailsFromClientErrors: production,
    nodeEnv: production ? 'production' : 'development',
    maxRecursiveSelections: limits.recursiveSelections,
    parseOptions: { maxTokens: limits.tokens },
    persistedQueries: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    plugins: [
      mask.plugin,
      operationMetrics(options.metrics),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginCacheControlDisabled(),
    ],
  });
}

export type RunOperation = (
  request: OperationRequest,
  context: Omit<OperationContext, 'stream'>,
) => Promise<OperationResult | AsyncGenerator<OperationResult, void, void>>;

/** Runs operations for connections that can carry many answers: gives the answer, or the events of a subscription. */
export function createStreamRunner(apollo: ApolloServer<OperationContext>): RunOperation {
  return async (request, context) => {
    const stream: StreamSlot = {};
    const headers = new HeaderMap([[REQUEST_ID_HEADER, context.requestId]]);
    const { body } = await apollo.executeOperation(
      {
        ...(request.query !== undefined && { query: request.query }),
        ...(request.operationName != null && { operationName: request.operationName }),
        ...(request.variables != null && { variables: request.variables }),
        ...(request.extensions != null && { extensions: request.extensions }),
        http: { method: 'POST', headers, search: '', body: request },
      },
      { contextValue: { ...context, stream } },
    );
    if (stream.events) return stream.events;
    if (body.kind !== 'single') throw new Error('Incremental delivery is not served.');
    return body.singleResult;
  };
}
