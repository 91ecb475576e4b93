import type { Entities, Fetch } from './fetch.ts';

interface Author {
  id: string;
  name?: string;
}
interface Product {
  upc: string;
  name: string;
}
interface Reviewed {
  reviews: { id: string; author: Author }[];
}

const PRODUCTS = '{topProducts{__typename upc name}}';
const STOCK = 'query($representations:[_Any!]!){_entities(representations:$representations){...on Product{inStock}}}';
const REVIEWS =
  'query($representations:[_Any!]!){_entities(representations:$representations){...on Product{reviews{id author{__typename id}}}}}';
const NAMES = 'query($representations:[_Any!]!){_entities(representations:$representations){...on User{name}}}';

/** The small query's 4 fetches, merged by hand for this query alone. */
export async function answerSmall(fetch: Fetch): Promise<string> {
  const { topProducts } = await fetch<{ topProducts: Product[] }>('products', PRODUCTS);
  const keys = topProducts.map(({ upc }) => ({ __typename: 'Product', upc }));
  const [stock, reviewed] = await Promise.all([
    fetch<Entities<{ inStock: boolean }>>('inventory', STOCK, keys),
    fetch<Entities<Reviewed>>('reviews', REVIEWS, keys),
  ]);
  const ids = [...new Set(reviewed._entities.flatMap(({ reviews }) => reviews.map(({ author }) => author.id)))];
  const users = ids.map((id) => ({ __typename: 'User', id }));
  const named = await fetch<Entities<{ name: string }>>('accounts', NAMES, users);
  const names = new Map(ids.map((id, index) => [id, named._entities[index]?.name]));
  return JSON.stringify({
    data: {
      topProducts: topProducts.map(({ upc, name }, index) => ({
        upc,
        name,
        inStock: stock._entities[index]?.inStock,
        reviews: reviewed._entities[index]?.reviews.map(({ id, author }) => ({
          id,
          author: { id: author.id, name: names.get(author.id) },
        })),
      })),
    },
  });
}
