import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const coins = [
  { id: 'c1', year: 1901, face: 'king' },
  { id: 'c2', year: 1950, face: 'ship' },
];
const values = [
  { id: 'c1', price: 30, mint: { id: 'm1' } },
  { id: 'c2', price: 5, mint: { id: 'm1' } },
];

/** Names that clients give hide keys, types and each other; the same object in several places. */
export const aliases: Suite = {
  name: 'aliases, and one entity in several places',
  subgraphs: {
    album: {
      sdl: `
        type Query { coins: [Coin!]! coin(id: ID!): Coin again: [Coin!]! }
        type Coin @key(fields: "id") { id: ID! year: Int! face(upper: Boolean = false): String! }
        type Mint @key(fields: "id") { id: ID! town: String! best: Coin }
      `,
      resolvers: {
        Query: {
          coins: () => coins,
          coin: (_source, { id }: { id: string }) => coins.find((coin) => coin.id === id) ?? null,
          again: () => [...coins, ...coins, coins[0]],
        },
        Coin: {
          ...among(coins, 'id'),
          face: ({ face }: { face: string }, { upper }: { upper: boolean }) => (upper ? face.toUpperCase() : face),
        },
        Mint: { town: () => 'Falun', best: () => coins[0] },
      },
    },
    dealer: {
      sdl: `
        type Coin @key(fields: "id") { id: ID! price(in: String! = "kr", times: Int! = 1): String! mint: Mint! }
        type Mint @key(fields: "id", resolvable: false) { id: ID! }
      `,
      resolvers: {
        Coin: {
          ...among(values, 'id'),
          price: ({ price }: { price: number }, args: { in: string; times: number }) =>
            `${price * args.times} ${args.in}`,
        },
      },
    },
  },
  cases: [
    {
      name: 'of another field that has the name of the key',
      query: '{ coins { id: face price } }',
      data: {
        coins: [
          { id: 'king', price: '30 kr' },
          { id: 'ship', price: '5 kr' },
        ],
      },
    },
    {
      name: 'of the key, whose name is taken',
      query: '{ coin(id: "c2") { nr: id id: year price mint { id: town town: id } } }',
      data: { coin: { nr: 'c2', id: 1950, price: '5 kr', mint: { id: 'Falun', town: 'm1' } } },
    },
    {
      name: 'of the type that has the name of the key',
      query: '{ coins { id: __typename price } }',
      data: {
        coins: [
          { id: 'Coin', price: '30 kr' },
          { id: 'Coin', price: '5 kr' },
        ],
      },
    },
    {
      name: 'that swap two fields of two subgraphs',
      query: '{ coin(id: "c1") { price: face face: price } }',
      data: { coin: { price: 'king', face: '30 kr' } },
    },
    {
      name: 'one field with different arguments, in both subgraphs',
      query: '{ coin(id: "c1") { a: face b: face(upper: true) c: price d: price(in: "EUR") e: price(times: 2) } }',
      data: { coin: { a: 'king', b: 'KING', c: '30 kr', d: '30 EUR', e: '60 kr' } },
    },
    {
      name: 'one name with different arguments at two places that share the entity',
      query: `{ a: coin(id: "c1") { price(in: "EUR") mint { best { price(in: "USD", times: 3) } } } b: coin(id: "c1") { price } }`,
      data: { a: { price: '30 EUR', mint: { best: { price: '90 USD' } } }, b: { price: '30 kr' } },
    },
    {
      name: 'one entity with different fields at two places',
      query: '{ a: coin(id: "c1") { price } b: coin(id: "c1") { mint { town } } c: coin(id: "c1") { year } }',
      data: { a: { price: '30 kr' }, b: { mint: { town: 'Falun' } }, c: { year: 1901 } },
    },
    {
      name: 'duplicates in a list: each is whole, and asked for once',
      query: '{ again { id price mint { town } } }',
      data: {
        again: ['c1', 'c2', 'c1', 'c2', 'c1'].map((id) => ({
          id,
          price: id === 'c1' ? '30 kr' : '5 kr',
          mint: { town: 'Falun' },
        })),
      },
      representations: 3,
    },
    {
      name: 'variables that have the names of the gateway',
      query: 'query ($representations: String!, $id: ID!) { coin(id: $id) { price(in: $representations) } }',
      variables: { representations: 'DM', id: 'c2' },
      data: { coin: { price: '5 DM' } },
    },
    {
      name: 'one field in several fragments and beside them is one field, its selections merged',
      query: `
        { coin(id: "c1") { mint { town } ...A ... on Coin { mint { id } price } ...B } }
        fragment A on Coin { mint { best { id } } price }
        fragment B on Coin { mint { best { year } } ...A }
      `,
      data: { coin: { mint: { town: 'Falun', best: { id: 'c1', year: 1901 }, id: 'm1' }, price: '30 kr' } },
    },
    {
      name: 'several operations, one of them named',
      query: 'query A { coin(id: "c1") { year } } query B { coin(id: "c2") { price } }',
      operationName: 'B',
      data: { coin: { price: '5 kr' } },
    },
    { name: 'several operations, none of them named', query: 'query A { __typename } query B { __typename }' },
  ],
};
