import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { IntelligenceItem } from './item/intelligence-item.ts';
import { Message } from './message/message.ts';
import { DateTime } from './scalars/date-time.ts';
import { search } from './search/search.ts';
import { SearchHit, SearchNode } from './search-hit/search-hit.ts';
import { typeDefs } from './type-defs.ts';

export function buildSchema(): GraphQLSchema {
  const resolvers = { Query: { search }, SearchHit, SearchNode, IntelligenceItem, Message, DateTime };
  return buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers: resolvers as Resolvers });
}

/** The generated resolver types are exact about arguments and context; Apollo's are not. */
type Resolvers = NonNullable<Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: unknown }>['resolvers']>;
