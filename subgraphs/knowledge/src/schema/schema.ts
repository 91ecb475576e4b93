import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { DependencyChain, dependencyChains } from './dependency-chain/dependency-chain.ts';
import { Evolution, evolutions } from './evolution/evolution.ts';
import { Hub, hubs } from './hub/hub.ts';
import { IntelligenceItem } from './item/intelligence-item.ts';
import { typeDefs } from './type-defs.ts';

/** The served schema: hand-written and small. The one that @neo4j/graphql generates stays inside (items/library.ts). */
export function buildSchema(): GraphQLSchema {
  const resolvers = {
    Query: { dependencyChains, evolutions, hubs },
    IntelligenceItem,
    DependencyChain,
    Evolution,
    Hub,
  };
  return buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers }]);
}
