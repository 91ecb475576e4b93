import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import type { Catalogue, Product, Review } from './catalogue.ts';
import { SDL, type SubgraphName } from './sdl.ts';

type Module = Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: unknown }>;
type Resolvers = NonNullable<Module['resolvers']>;

/** One executable schema for each subgraph. */
export function buildSubgraphs(catalogue: Catalogue): Record<SubgraphName, GraphQLSchema> {
  const build = (name: SubgraphName, resolvers: Resolvers): GraphQLSchema =>
    buildSubgraphSchema({ typeDefs: parse(SDL[name]), resolvers });
  return {
    accounts: build('accounts', {
      Query: {
        me: () => catalogue.users()[0],
        user: (_, { id }: { id: string }) => catalogue.user(id),
        users: () => catalogue.users(),
      },
      User: { __resolveReference: ({ id }: { id: string }) => catalogue.user(id) },
    }),
    inventory: build('inventory', {
      Product: {
        __resolveReference: (reference: object) => reference,
        inStock: ({ upc }: Product) => catalogue.inStock(upc),
        shippingEstimate: (product: Product) => catalogue.shippingEstimate(product),
      },
    }),
    products: build('products', {
      Query: { topProducts: (_, { first }: { first: number }) => catalogue.topProducts(first) },
      Product: { __resolveReference: ({ upc }: { upc: string }) => catalogue.product(upc) },
    }),
    reviews: build('reviews', {
      Review: {
        __resolveReference: ({ id }: { id: string }) => catalogue.review(id),
        author: (review: Review) => catalogue.authorOf(review),
      },
      User: { reviews: ({ id }: { id: string }) => catalogue.reviewsOfUser(id) },
      Product: { reviews: ({ upc }: { upc: string }) => catalogue.reviewsOfProduct(upc) },
    }),
  };
}
