import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const offers = [{ isbn: 'b1' }, { isbn: 'b2' }, { isbn: 'b3' }];
const stock = [
  { id: '1', isbn: 'b1' },
  { id: '2', isbn: 'b2' },
];

/** An entity that is not there on the way to a key: what lies behind it is null, for this entity only. */
export const nullKeys: Suite = {
  name: 'keys that are not found',
  subgraphs: {
    offers: {
      sdl: 'type Query { offers: [Offer] } type Offer { book: Book } type Book @key(fields: "isbn") { isbn: ID! }',
      resolvers: { Query: { offers: () => [...offers.map((book) => ({ book })), { book: null }, null] } },
    },
    stock: {
      sdl: 'type Book @key(fields: "id") @key(fields: "isbn") { id: ID! isbn: ID! }',
      resolvers: { Book: among(stock, 'isbn') },
    },
    authors: {
      sdl: 'type Book @key(fields: "id") { id: ID! author: Author } type Author { name: String! }',
      resolvers: { Book: { author: ({ id }: { id: string }) => ({ name: `Author ${id}` }) } },
    },
  },
  cases: [
    {
      name: 'lead nowhere',
      query: '{ offers { book { isbn author { name } } } }',
      data: {
        offers: [
          { book: { isbn: 'b1', author: { name: 'Author 1' } } },
          { book: { isbn: 'b2', author: { name: 'Author 2' } } },
          { book: { isbn: 'b3', author: null } },
          { book: null },
          null,
        ],
      },
      errors: 'any',
    },
  ],
};
