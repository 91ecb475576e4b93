import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import {
  type FetchNode as ApolloFetch,
  type PlanNode as ApolloNode,
  QueryPlanner as ApolloQueryPlanner,
  type FetchDataRewrite,
  type SubscriptionNode,
} from '@apollo/query-planner';
import type {
  FetchNode,
  FetchNodePathSegment,
  FetchRewrite,
  PlanNode,
  RequiresSelection,
} from '@graphql-hive/router-query-planner';
import type { DocumentNode } from 'graphql';

/** Plans with Apollo's planner, in the plan language of the other. Undefined when it finds nothing to ask for. */
export type ApolloPlan = (
  document: DocumentNode,
  operationName: string | undefined,
  share: number,
) => PlanNode | undefined;

/** Takes some hundred milliseconds, so it is made when it is first needed. */
export function createApolloPlanner(supergraphSdl: string): ApolloPlan {
  const supergraph = Supergraph.build(supergraphSdl);
  const planner = new ApolloQueryPlanner(supergraph);
  const schema = supergraph.apiSchema();
  return (document, operationName, share) => {
    const operation = operationFromDocument(schema, document, {
      ...(operationName !== undefined && { operationName }),
    });
    const { node } = planner.buildQueryPlan(operation, { overrideConditions: overrides(supergraphSdl, share) });
    return node && planOf(node);
  };
}

/** For each label such as `percent(20)`, whether it moves its fields. */
function overrides(supergraphSdl: string, share: number): Map<string, boolean> {
  return new Map(
    [...supergraphSdl.matchAll(/"percent\(([\d.]+)\)"/g)].map(([label, percent]) => [
      label.slice(1, -1),
      share < Number(percent),
    ]),
  );
}

function planOf(node: ApolloNode | SubscriptionNode): PlanNode {
  switch (node.kind) {
    case 'Fetch':
      return fetchOf(node);
    case 'Sequence':
    case 'Parallel':
      return { kind: node.kind, nodes: node.nodes.map(planOf) };
    case 'Flatten':
      return {
        kind: 'Flatten',
        path: node.path.map((segment) => (segment === '@' ? '@' : { Field: String(segment) })),
        node: planOf(node.node),
      };
    case 'Condition':
      return {
        kind: 'Condition',
        condition: node.condition,
        ...(node.ifClause && { ifClause: planOf(node.ifClause) }),
        ...(node.elseClause && { elseClause: planOf(node.elseClause) }),
      };
    case 'Subscription': {
      const subscribed: PlanNode = { kind: 'Subscription', primary: fetchOf(node.primary) };
      return node.rest ? { kind: 'Sequence', nodes: [subscribed, ...nodesOf(planOf(node.rest))] } : subscribed;
    }
    case 'Defer':
      throw new Error('Deferred delivery is not served.');
  }
}

const nodesOf = (node: PlanNode) => (node.kind === 'Sequence' ? node.nodes : [node]);

function fetchOf(node: ApolloFetch): FetchNode {
  const { serviceName, operation, operationKind, variableUsages, requires, inputRewrites, outputRewrites } = node;
  return {
    kind: 'Fetch',
    serviceName,
    operation,
    operationKind,
    ...(variableUsages && { variableUsages }),
    // Both planners write these alike.
    ...(requires && { requires: requires as RequiresSelection[] }),
    ...(inputRewrites && { inputRewrites: inputRewrites.map(rewriteOf) as FetchNode['inputRewrites'] & object }),
    ...(outputRewrites && { outputRewrites: outputRewrites.map(rewriteOf) as FetchNode['outputRewrites'] & object }),
  };
}

function rewriteOf(rewrite: FetchDataRewrite): FetchRewrite {
  const path = rewrite.path.map(
    (segment): FetchNodePathSegment =>
      segment.startsWith('... on ') ? { TypenameEquals: [segment.slice('... on '.length)] } : { Key: segment },
  );
  return rewrite.kind === 'KeyRenamer'
    ? { KeyRenamer: { path, renameKeyTo: rewrite.renameKeyTo } }
    : { ValueSetter: { path, setValueTo: rewrite.setValueTo } };
}
