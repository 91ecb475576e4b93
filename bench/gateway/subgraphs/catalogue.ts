export interface User {
  id: string;
  name: string;
  username: string;
  birthday: number;
}
export interface Product {
  upc: string;
  name: string;
  price: number;
  weight: number;
}
export interface Stock {
  upc: string;
  inStock: boolean;
  /** Price of sending a kilogram. Where there is none, there is no estimate. */
  shippingRate?: number;
}
export interface Review {
  id: string;
  body: string;
  product: { upc: string };
  /** A user's id. */
  author?: string;
}
/** The shape of `data.json`. */
export interface CatalogueData {
  users: User[];
  products: Product[];
  inventory: Stock[];
  reviews: Review[];
}

/** What the subgraphs answer from, and what the reference answer is computed from. */
export interface Catalogue {
  users(): User[];
  user(id: string): User | undefined;
  topProducts(first: number): Product[];
  product(upc: string): Product | undefined;
  inStock(upc: string): boolean | null;
  shippingEstimate(product: Pick<Product, 'upc' | 'price' | 'weight'>): number | null;
  review(id: string): Review | undefined;
  reviewsOfProduct(upc: string): Review[];
  reviewsOfUser(id: string): Review[];
  authorOf(review: Review): User;
}

/**
 * In data that names no authors every review is the first user's, and every user has the first two reviews, as in the
 * public graphql-gateways-benchmark.
 */
export function createCatalogue(data: CatalogueData): Catalogue {
  const [first] = data.users;
  if (first === undefined) throw new Error('The data has no users.');
  const users = new Map(data.users.map((user) => [user.id, user]));
  const products = new Map(data.products.map((product) => [product.upc, product]));
  const stocks = new Map(data.inventory.map((stock) => [stock.upc, stock]));
  const authored = data.reviews.some(({ author }) => author !== undefined);
  return {
    users: () => data.users,
    user: (id) => users.get(id),
    topProducts: (count) => data.products.slice(0, count),
    product: (upc) => products.get(upc),
    inStock: (upc) => stocks.get(upc)?.inStock ?? null,
    shippingEstimate({ upc, price, weight }) {
      const rate = stocks.get(upc)?.shippingRate;
      if (rate === undefined) return null;
      return price > 1000 ? 0 : Math.round((weight / 1000) * rate);
    },
    review: (id) => data.reviews.find((review) => review.id === id),
    reviewsOfProduct: (upc) => data.reviews.filter(({ product }) => product.upc === upc),
    reviewsOfUser: (id) => (authored ? data.reviews.filter(({ author }) => author === id) : data.reviews).slice(0, 2),
    authorOf: ({ author }) => (author === undefined ? first : (users.get(author) ?? first)),
  };
}
