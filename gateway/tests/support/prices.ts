import type { FederationDefinition } from './federation.ts';

/** A graph with prices; `@cost` has another name in it. */
export const LIBRARY = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
    { name: "@cost", as: "@price" }, "@listSize"
  ])
  type Query {
    book(id: ID): Book
    shelf: [Book!]!
    bestsellers: [Book] @listSize(assumedSize: 5)
    newest(after: ID, limit: Int!): [Book] @listSize(slicingArguments: ["limit"])
    page(first: Int = 20, last: Int): [Book] @listSize(slicingArguments: ["first", "last"])
    lenient(first: Int, last: Int): [Book]
      @listSize(assumedSize: 3, slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
    connection(first: Int!): Connection @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
    item: Item
    shelves: [[Book]]
    expensive: Int @price(weight: 7)
    mood: Mood
    add(filter: Filter, at: [Int!] @price(weight: 2)): Int
  }
  type Mutation { lend(id: ID!): Book }
  type Book { title: String author: Author publisher: Publisher }
  type Author { name: String books: [Book] @listSize(assumedSize: 2) }
  type Publisher { name: String address: Address }
  type Address @price(weight: 5) { zipCode: Int! }
  type Connection { edges: [Book] recent: [Book] page: Page count: Int }
  type Page { items: [Book] more: [Book] }
  input Filter { name: String @price(weight: 3) inner: Filter }
  enum Mood @price(weight: 4) { GOOD BAD }
  interface Item { author: Author }
  type Disc implements Item { author: Author publisher: Publisher }
  type Map implements Item { author: Author address: Address }
`;

const book = { title: 'Tides', author: { name: 'Ada' }, publisher: { name: 'Harbour', address: { zipCode: 1 } } };
const books = (count: number) => Array.from({ length: count }, () => book);

export const LIBRARY_FEDERATION: FederationDefinition = {
  library: {
    sdl: LIBRARY,
    version: 1,
    resolvers: {
      Query: {
        book: () => book,
        newest: (_source, { limit }: { limit: number }) => books(limit),
        page: () => books(2),
        shelf: () => books(3),
      },
      Mutation: { lend: () => book },
    },
  },
};
