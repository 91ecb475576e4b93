import type { ServiceMap } from '@apollo/gateway';
import { cancellable, type Log, type Metrics } from '@colloquy/service';
import type { Callers } from '../access/claims.ts';
import { forClient, streamErrorsForClient } from '../execution/client-errors.ts';
import type { OperationContext, OperationResult } from '../execution/context.ts';
import type { SubscriptionPlan } from '../execution/event-plan.ts';
import { type OpenSubscription, type PreparedOperation, runEvent } from '../execution/executor.ts';
import { OperationFailedError } from '../upstream/errors.ts';
import { openEvents } from '../upstream/open-events.ts';
import type { SubgraphAnswer } from '../upstream/subgraph.ts';
import type { Subgraphs } from '../upstream/subgraphs.ts';

/**
 * Subscribes at the subgraph that has the root field, and completes each event with the fields of the others. Events
 * stay in order, one at a time: the next one is taken when the client took the one before it.
 */
export function createOpenSubscription(options: {
  subgraphs: Subgraphs;
  serviceMap(): ServiceMap;
  callers: Callers;
  maxEventBytes: number;
  log: Log;
  metrics: Metrics;
}): OpenSubscription {
  const { subgraphs, serviceMap, callers, log, metrics } = options;

  return (plan, operation) => {
    const context = operation.request.context as OperationContext;
    const controller = new AbortController();
    metrics.openSubscriptions.inc();
    return cancellable(events(plan, operation, context, controller.signal), () => {
      metrics.openSubscriptions.dec();
      controller.abort();
    });
  };

  async function* events(
    plan: SubscriptionPlan,
    operation: PreparedOperation,
    context: OperationContext,
    signal: AbortSignal,
  ): AsyncGenerator<OperationResult, void, void> {
    const { primary } = plan.node;
    const { name, url } = subgraphs.get(primary.serviceName);
    const source = openEvents({
      subgraph: name,
      url,
      request: {
        query: primary.operation,
        operationName: primary.operationName,
        variables: pick(operation.request.request.variables, primary.variableUsages),
      },
      connectionParams: await context.caller.connectionParams(),
      maxEventBytes: options.maxEventBytes,
      log,
    });
    const leave = () => void source.return?.();
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
    try {
      for (let event = await source.next(); !event.done; event = await source.next()) {
        yield await complete(plan, event.value, operation, {
          ...context,
          caller: callers(context.caller.claims),
          signal,
        });
      }
    } catch (error) {
      throw new OperationFailedError(streamErrorsForClient(error, { log, requestId: context.requestId }));
    } finally {
      leave();
    }
  }

  async function complete(
    plan: SubscriptionPlan,
    event: SubgraphAnswer,
    operation: PreparedOperation,
    context: OperationContext,
  ): Promise<OperationResult> {
    const request = { ...operation.request, context, metrics: {} };
    const { errors, ...result } = await runEvent(plan, event, serviceMap(), { ...operation, request });
    if (!errors) return result;
    const { requestId } = context;
    return { ...result, errors: errors.map((error) => forClient(error.toJSON(), error, { log, requestId })) };
  }
}

function pick(variables: Record<string, unknown> | undefined, names: readonly string[] | undefined) {
  return Object.fromEntries(Object.entries(variables ?? {}).filter(([name]) => names?.includes(name)));
}
