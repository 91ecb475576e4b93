import { cancellable, type Log } from '@colloquy/service';
import type { GraphQLFormattedError } from 'graphql';
import type { Caller } from '../access/claims.ts';
import { type OperationContext, OperationError, type OperationRequest } from '../operation/operation.ts';
import type { OperationPath } from '../operation/operation-path.ts';
import { OperationFailedError, SubgraphUnavailableError } from '../upstream/errors.ts';
import { openEvents } from '../upstream/open-events.ts';
import type { Subgraphs } from '../upstream/subgraphs.ts';
import type { PrepareSubscription } from './prepared.ts';

export interface OperationResult {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
}

export type RunOperation = (
  request: OperationRequest,
  context: { requestId: string; caller: Caller; signal: AbortSignal },
) => Promise<OperationResult | AsyncGenerator<OperationResult, void, void>>;

/** Runs operations for connections that can carry many answers: gives the answer, or the events of a subscription. */
export function createStreamRunner(options: {
  path: OperationPath;
  prepare: PrepareSubscription;
  isSubscription(request: OperationRequest): boolean;
  subgraphs: Subgraphs;
  maxEventBytes: number;
  log: Log;
}): RunOperation {
  return async (request, given) => {
    const context: OperationContext = { ...given, headers: {}, readOnly: false, streams: true };
    if (!options.isSubscription(request)) {
      return JSON.parse((await options.path.run(request, context)).json) as OperationResult;
    }
    try {
      const prepared = await options.prepare(request, context);
      const { name, url } = options.subgraphs.get(prepared.source.subgraph);
      const source = openEvents({
        subgraph: name,
        url,
        request: prepared.source,
        connectionParams: await context.caller.connectionParams(),
        maxEventBytes: options.maxEventBytes,
        log: options.log,
      });
      async function* events() {
        try {
          for (let event = await source.next(); !event.done; event = await source.next()) {
            yield JSON.parse(await prepared.complete(event.value, context)) as OperationResult;
          }
        } catch (error) {
          throw error instanceof SubgraphUnavailableError ? new OperationFailedError([error.toJSON()]) : error;
        }
      }
      return cancellable(events(), () => void source.return?.());
    } catch (error) {
      if (error instanceof OperationError) return { errors: error.errors };
      throw error;
    }
  };
}
