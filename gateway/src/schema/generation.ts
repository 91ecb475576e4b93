import { createHash } from 'node:crypto';
import { buildASTSchema, type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { type AccessControl, createAccessControl } from '../access/directives/authorise.ts';
import { createPossibleTypes, type PossibleTypes } from '../executor/possible-types.ts';
import { createPlanner, type Planner } from '../planner/planner.ts';
import { buildApiSchema } from './api-schema.ts';
import { readSubgraphs } from './subgraph-names.ts';

/** One version of the schema, with everything that is derived from it. Operations end on the one they began on. */
export interface Generation {
  /** Hash of the supergraph. */
  readonly id: string;
  readonly supergraphSdl: string;
  readonly supergraph: DocumentNode;
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  /** Absent when everyone may see everything. */
  readonly access: AccessControl | undefined;
  readonly possibleTypes: PossibleTypes;
  readonly planner: Planner;
}

/** Throws an error that says what is wrong when the text is not a supergraph that can be served. */
export function buildGeneration(supergraphSdl: string): Generation {
  const supergraph = parse(supergraphSdl, { noLocation: true });
  const supergraphSchema = buildASTSchema(supergraph);
  const apiSchema = buildApiSchema(supergraph);
  return {
    id: createHash('sha256').update(supergraphSdl).digest('hex'),
    supergraphSdl,
    supergraph,
    subgraphs: readSubgraphs(supergraphSchema),
    apiSchema,
    access: createAccessControl(supergraph, apiSchema),
    possibleTypes: createPossibleTypes(supergraphSchema),
    planner: createPlanner(supergraph),
  };
}
