import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway';
import type { QueryPlan } from '@apollo/query-planner';
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import type { Generation } from '../schema/generation.ts';
import type { SchemaRegistry } from '../schema/registry.ts';
import type { OperationContext, OperationResult } from './context.ts';
import { eventPlan, isSubscription, type SubscriptionPlan } from './event-plan.ts';

export type Federation = ApolloServerOptionsWithGateway<OperationContext>['gateway'];
export type Executor = NonNullable<Awaited<ReturnType<Federation['load']>>['executor']>;
export type RequestContext = Parameters<Executor>[0];
type OperationParts = ReturnType<typeof buildOperationContext>;

/** An operation, ready to run. */
export interface PreparedOperation {
  generation: Generation;
  parts: OperationParts;
  request: RequestContext;
}

/** Opens the events of a subscription at the subgraph that has its root field. */
export type OpenSubscription = (
  plan: SubscriptionPlan,
  operation: PreparedOperation,
) => AsyncGenerator<OperationResult, void, void>;

/**
 * What Apollo Server runs each validated operation with: plan, fetch, merge, shape. A subscription leaves its events
 * in the context's stream slot.
 */
export function createFederation(options: {
  registry: SchemaRegistry;
  serviceMap(): ServiceMap;
  openSubscription: OpenSubscription;
}): Federation {
  const { registry, serviceMap, openSubscription } = options;

  const executor: Executor = async (request) => {
    const generation = registry.of(request.schema);
    const operationName = request.request.operationName;
    const parts = buildOperationContext({
      schema: generation.apiSchema,
      operationDocument: request.document,
      ...(operationName !== undefined && { operationName }),
    });
    const definitions = parts.operation.variableDefinitions ?? [];
    const { errors } = getVariableValues(generation.apiSchema, definitions, request.request.variables ?? {});
    if (errors) return { errors };
    const plan = generation.plan(request.queryHash, request.document, operationName);
    const operation = { generation, parts, request };
    if (!isSubscription(plan)) return runPlan(plan, serviceMap(), operation);

    const { stream } = request.context as OperationContext;
    if (!stream) return { errors: [needsStream()] };
    stream.events = openSubscription(plan, operation);
    return { data: null };
  };

  return {
    load: async () => ({ executor }),
    onSchemaLoadOrUpdate: (callback) =>
      registry.subscribe(({ apiSchema, supergraphSdl }) => callback({ apiSchema, coreSupergraphSdl: supergraphSdl })),
    stop: async () => undefined,
  };
}

/** Runs the plan of a query, a mutation or an event. */
export function runPlan(plan: QueryPlan, services: ServiceMap, operation: PreparedOperation) {
  const { generation, parts, request } = operation;
  return executeQueryPlan(plan, services, request, parts, generation.supergraphSchema, generation.federationApiSchema);
}

/** Runs the rest of a subscription's plan for one event, which stands for the answer to the plan's first part. */
export function runEvent(
  plan: SubscriptionPlan,
  event: Pick<OperationResult, 'data' | 'errors'>,
  services: ServiceMap,
  operation: PreparedOperation,
) {
  const { plan: rest, service, name } = eventPlan(plan, event);
  return runPlan(rest, { ...services, [name]: service }, operation);
}

function needsStream(): GraphQLError {
  return new GraphQLError('Subscriptions are served over WebSocket, or with "accept: text/event-stream".', {
    extensions: { code: 'SUBSCRIPTION_NEEDS_STREAM', http: { status: 406 } },
  });
}
