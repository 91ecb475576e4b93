import { createHash } from 'node:crypto';
import { operationFromDocument, type Schema, Supergraph } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { createPlanCache } from './plan-cache.ts';

/** One version of the schema, with everything that is derived from it. Operations end on the one they began on. */
export interface Generation {
  /** Hash of the supergraph. */
  id: string;
  supergraphSdl: string;
  subgraphs: readonly { name: string; url: string }[];
  /** What clients see. */
  apiSchema: GraphQLSchema;
  /** The same two as the plan executor wants them. */
  federationApiSchema: Schema;
  supergraphSchema: GraphQLSchema;
  /** Plans an operation, once per `key`. Throws a GraphQLError when there is no plan. */
  plan(key: string, document: DocumentNode, operationName: string | undefined): QueryPlan;
}

const MAX_PLANS = 1000;

/** Throws a GraphQLError that says what is wrong when the text is not a supergraph that can be served. */
export function buildGeneration(supergraphSdl: string): Generation {
  const supergraph = Supergraph.build(supergraphSdl, { validateSupergraph: true });
  const federationApiSchema = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph);
  const plans = createPlanCache<QueryPlan>(MAX_PLANS);
  return {
    id: createHash('sha256').update(supergraphSdl).digest('hex'),
    supergraphSdl,
    subgraphs: supergraph.subgraphsMetadata().map(({ name, url }) => ({ name, url })),
    apiSchema: federationApiSchema.toGraphQLJSSchema(),
    federationApiSchema,
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    plan: (key, document, operationName) =>
      plans.getOrMake(`${key}:${operationName ?? ''}`, () =>
        planner.buildQueryPlan(
          operationFromDocument(federationApiSchema, document, operationName === undefined ? {} : { operationName }),
        ),
      ),
  };
}
