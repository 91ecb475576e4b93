import type { GraphQLDataSource } from '@apollo/gateway';
import type { FetchNode, PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import type { OperationResult } from './context.ts';

export type SubscriptionPlan = QueryPlan & { node: SubscriptionNode };

export function isSubscription(plan: QueryPlan): plan is SubscriptionPlan {
  return plan.node?.kind === 'Subscription';
}

/** No subgraph can have this name: GraphQL names contain no space. */
const EVENT = 'the event';

/**
 * The plan of one event. A subscription's plan has the fetch of its root field, which became the subscription upstream,
 * and the rest. The event takes the place of that fetch's answer: the same node, asked of a service that has it ready,
 * so that rewrites, error paths and merging are those of any other fetch.
 */
export function eventPlan(
  { node: { primary, rest } }: SubscriptionPlan,
  event: Pick<OperationResult, 'data' | 'errors'>,
): { plan: QueryPlan; name: string; service: GraphQLDataSource } {
  const first: FetchNode = { ...primary, serviceName: EVENT };
  const node: PlanNode = rest ? { kind: 'Sequence', nodes: [first, rest] } : first;
  return { plan: { kind: 'QueryPlan', node }, name: EVENT, service: { process: async () => event } };
}
