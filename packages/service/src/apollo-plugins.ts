import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { REQUEST_ID_HEADER } from './http/request-id.ts';
import type { Log } from './log.ts';
import { maskError } from './mask-errors.ts';
import type { Metrics } from './metrics.ts';

/** Apollo Server's error formatting with our masking, and the plugin that tells it which request an error is of. */
export interface ErrorMask {
  plugin: ApolloServerPlugin<BaseContext>;
  formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError;
}

/**
 * `formatError` sees no request, so a plugin notes the request id of each error before it is formatted. `mask` decides
 * what the client sees.
 */
export function createErrorMask(log: Log, mask: typeof maskError = maskError): ErrorMask {
  const requestIds = new WeakMap<object, string>();
  return {
    plugin: {
      async requestDidStart({ request }) {
        const requestId = request.http?.headers.get(REQUEST_ID_HEADER);
        if (requestId === undefined) return;
        return {
          async didEncounterErrors({ errors }) {
            for (const error of errors) requestIds.set(error, requestId);
          },
        };
      },
    },
    formatError: (formatted, error) => mask(formatted, error, { log, requestId: requestIds.get(error as object) }),
  };
}

/** Observes each operation's duration and outcome. */
export function operationMetrics({ operationDuration }: Metrics): ApolloServerPlugin<BaseContext> {
  return {
    async requestDidStart() {
      const stop = operationDuration.startTimer();
      return {
        async willSendResponse({ operation, response }) {
          const failed = response.body.kind === 'single' && response.body.singleResult.errors !== undefined;
          stop({ type: operation?.operation ?? 'invalid', outcome: failed ? 'error' : 'ok' });
        },
      };
    },
  };
}
