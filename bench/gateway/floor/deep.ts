import type { Entities, Fetch } from './fetch.ts';

interface Product {
  upc: string;
  name: string;
  price: number;
  weight: number;
}
interface Stock {
  inStock: boolean;
  shippingEstimate: number | null;
}
interface User {
  id: string;
  username: string;
  name: string;
}
interface Review {
  id: string;
  body: string;
  author: { id: string; username: string; reviews: UserReview[] };
}
interface UserReview {
  id: string;
  body: string;
  product: { upc: string; reviews: Review[] };
}

const USERS = '{users{__typename id username name}}';
const TOP_PRODUCTS = '{topProducts{__typename upc name price weight}}';
const AUTHOR = 'author{__typename id username reviews{id body product{__typename upc}}}';
const REVIEWS =
  'query($representations:[_Any!]!){_entities(representations:$representations){' +
  `...on User{reviews{id body product{__typename upc reviews{id body ${AUTHOR}}}}}` +
  `...on Product{reviews{id body ${AUTHOR}}}}}`;
const STOCK =
  'query($representations:[_Any!]!){_entities(representations:$representations){...on Product{inStock shippingEstimate}}}';
const PRODUCTS =
  'query($representations:[_Any!]!){_entities(representations:$representations){...on Product{name price weight}}}';
const NAMES = 'query($representations:[_Any!]!){_entities(representations:$representations){...on User{name}}}';

/**
 * The deep query's 7 fetches: the root fields, the reviews of all users and products in one, names and products of what
 * they mention, and the stock of both kinds of products. Merged by hand for this query alone.
 */
export async function answerDeep(fetch: Fetch): Promise<string> {
  const [{ users }, { topProducts }] = await Promise.all([
    fetch<{ users: User[] }>('accounts', USERS),
    fetch<{ topProducts: Product[] }>('products', TOP_PRODUCTS),
  ]);
  const [reviewed, topStock] = await Promise.all([
    fetch<Entities<{ reviews: never }>>('reviews', REVIEWS, [
      ...users.map(({ id }) => ({ __typename: 'User', id })),
      ...topProducts.map(({ upc }) => ({ __typename: 'Product', upc })),
    ]),
    fetch<Entities<Stock>>('inventory', STOCK, topProducts.map(stockKey)),
  ]);
  const ofUsers = reviewed._entities.slice(0, users.length).map(({ reviews }) => reviews as UserReview[]);
  const ofProducts = reviewed._entities.slice(users.length).map(({ reviews }) => reviews as Review[]);

  const upcs = new Set<string>();
  const userIds = new Set<string>();
  const mention = ({ author }: Review): void => {
    userIds.add(author.id);
    for (const { product } of author.reviews) upcs.add(product.upc);
  };
  for (const reviews of ofUsers)
    for (const { product } of reviews) {
      upcs.add(product.upc);
      product.reviews.forEach(mention);
    }
  for (const reviews of ofProducts) reviews.forEach(mention);

  const productKeys = [...upcs].map((upc) => ({ __typename: 'Product', upc }));
  const userKeys = [...userIds].map((id) => ({ __typename: 'User', id }));
  const [named, details] = await Promise.all([
    fetch<Entities<{ name: string }>>('accounts', NAMES, userKeys),
    fetch<Entities<Omit<Product, 'upc'>>>('products', PRODUCTS, productKeys),
  ]);
  const mentioned = productKeys.map(({ upc }, index) => ({ ...(details._entities[index] as Product), upc }));
  const stock = await fetch<Entities<Stock>>('inventory', STOCK, mentioned.map(stockKey));

  const names = new Map(userKeys.map(({ id }, index) => [id, named._entities[index]?.name]));
  const products = new Map(
    mentioned.map((product, index) => [product.upc, shapeProduct(product, stock._entities[index])]),
  );
  const shapeReview = ({ id, body, author }: Review): object => ({
    id,
    body,
    author: {
      id: author.id,
      username: author.username,
      name: names.get(author.id),
      reviews: author.reviews.map((review) => ({
        id: review.id,
        body: review.body,
        product: products.get(review.product.upc),
      })),
    },
  });
  return JSON.stringify({
    data: {
      users: users.map(({ id, username, name }, index) => ({
        id,
        username,
        name,
        reviews: ofUsers[index]?.map((review) => ({
          id: review.id,
          body: review.body,
          product: { ...products.get(review.product.upc), reviews: review.product.reviews.map(shapeReview) },
        })),
      })),
      topProducts: topProducts.map((product, index) => ({
        ...shapeProduct(product, topStock._entities[index]),
        reviews: ofProducts[index]?.map(shapeReview),
      })),
    },
  });
}

function stockKey({ upc, price, weight }: Product): object {
  return { __typename: 'Product', upc, price, weight };
}

/** In the order in which the query names the fields. */
function shapeProduct({ upc, name, price, weight }: Product, stock: Stock | undefined): object {
  return { inStock: stock?.inStock, name, price, shippingEstimate: stock?.shippingEstimate, upc, weight };
}
