import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';
import { resolvers } from './resolvers.ts';
import { readTypeDefs } from './type-defs.ts';

/** The executable schema. */
export function buildArchiveSchema(): GraphQLSchema {
  // The library's own resolver type knows nothing of typed parents; the generated types have checked these.
  return buildSubgraphSchema({ typeDefs: readTypeDefs(), resolvers: resolvers as never });
}
