import { createHash } from 'node:crypto';
import { buildASTSchema, type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type AccessControl, createAccessControl } from '../access/directives/authorise.ts';
import { createPossibleTypes, type PossibleTypes } from '../executor/possible-types.ts';
import type { PreparedOperation } from '../operation/prepared-operation.ts';
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
  /** The operations that were used last, by text and name. */
  readonly operations: LRUCache<string, PreparedOperation>;
}

const MOST_OPERATIONS = 1000;
/** Characters of text; a prepared operation takes a few times that many bytes. */
const MOST_TEXT = 8 * 1024 * 1024;

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
    planner: createPlanner(supergraphSdl),
    operations: new LRUCache({
      max: MOST_OPERATIONS,
      maxSize: MOST_TEXT,
      sizeCalculation: (_operation, key) => key.length + 1,
    }),
  };
}
