import { buildSchema, graphql } from 'graphql';
import type { Catalogue, Product, Review, User } from './catalogue.ts';

const SCHEMA = buildSchema(`
  type Query { users: [User] topProducts(first: Int = 5): [Product] }
  type User { id: ID! name: String username: String birthday: Int reviews: [Review] }
  type Product { upc: String! name: String price: Int weight: Int inStock: Boolean shippingEstimate: Int reviews: [Review] }
  type Review { id: ID! body: String product: Product author: User }
`);

/**
 * The answer that every gateway must give, computed over the same data by graphql-js without any federation. Throws
 * when the query fails.
 */
export async function referenceAnswer(catalogue: Catalogue, source: string): Promise<string> {
  const user = (of: User): object => ({ ...of, reviews: () => catalogue.reviewsOfUser(of.id).map(review) });
  const product = (of: Product): object => ({
    ...of,
    inStock: catalogue.inStock(of.upc),
    shippingEstimate: catalogue.shippingEstimate(of),
    reviews: () => catalogue.reviewsOfProduct(of.upc).map(review),
  });
  const review = (of: Review): object => {
    const about = catalogue.product(of.product.upc);
    return { ...of, product: () => about && product(about), author: () => user(catalogue.authorOf(of)) };
  };
  const result = await graphql({
    schema: SCHEMA,
    source,
    rootValue: {
      users: () => catalogue.users().map(user),
      topProducts: ({ first }: { first: number }) => catalogue.topProducts(first).map(product),
    },
  });
  if (result.errors) throw result.errors[0];
  return JSON.stringify(result);
}
