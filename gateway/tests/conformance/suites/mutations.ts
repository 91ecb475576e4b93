import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

let counter = 0;
const change = (by: (value: number) => number) => () => {
  counter = by(counter);
  return counter;
};

/** Mutations run one after another, across subgraphs; what they return is completed like any entity. */
export const mutations: Suite = {
  name: 'mutations',
  subgraphs: {
    one: {
      sdl: `
        type Query { value: Int! }
        input NewToy { name: String! price: Float! }
        type Mutation { start: Int! add(by: Int! = 1): Int! makeToy(input: NewToy!): Toy! fail: Int failHard: Int! }
        type Toy @key(fields: "id") { id: ID! name: String! price: Float! }
      `,
      resolvers: {
        Query: { value: () => counter },
        Mutation: {
          start: change(() => 0),
          add: (_source, { by }: { by: number }) => change((value) => value + by)(),
          makeToy: (_source, { input }: { input: object }) => ({ id: 't1', ...input }),
          fail: () => {
            throw new Error('no');
          },
          failHard: () => {
            throw new Error('no');
          },
        },
        Toy: among([{ id: 't1', name: 'Top', price: 3 }], 'id'),
      },
    },
    two: {
      sdl: `
        type Mutation { double: Int! rename(name: String!): Toy! }
        type Toy @key(fields: "id") {
          id: ID!
          price: Float! @external
          cheap: Boolean! @requires(fields: "price")
          stock: Int!
        }
      `,
      resolvers: {
        Mutation: { double: change((value) => value * 2), rename: () => ({ id: 't1' }) },
        Toy: { cheap: ({ price }: { price: number }) => price < 10, stock: () => 12 },
      },
    },
    three: { sdl: 'type Mutation { less: Int! }', resolvers: { Mutation: { less: change((value) => value - 1) } } },
  },
  cases: [
    {
      name: 'in the order of the document, from subgraph to subgraph',
      query: 'mutation { start add(by: 5) double less again: double add2: add last: less }',
      data: { start: 0, add: 5, double: 10, less: 9, again: 18, add2: 19, last: 18 },
    },
    {
      name: 'in another order',
      query: 'mutation { start less double add }',
      data: { start: 0, less: -1, double: -2, add: -1 },
    },
    {
      name: 'the order counts fragments too',
      query: 'mutation { start ...F double } fragment F on Mutation { add(by: 3) less }',
      data: { start: 0, add: 3, less: 2, double: 4 },
    },
    {
      name: 'an entity that was made is completed',
      query: 'mutation ($new: NewToy!) { makeToy(input: $new) { name cheap stock price } }',
      variables: { new: { name: 'Kite', price: 12.5 } },
      data: { makeToy: { name: 'Kite', cheap: false, stock: 12, price: 12.5 } },
    },
    {
      name: 'an entity of another subgraph is completed',
      query: 'mutation { rename(name: "Top") { name cheap } }',
      data: { rename: { name: 'Top', cheap: true } },
    },
    {
      name: 'one that fails does not stop the next',
      query: 'mutation { start fail add double }',
      data: { start: 0, fail: null, add: 1, double: 2 },
      errors: [{ path: ['fail'], code: 'INTERNAL_SERVER_ERROR' }],
    },
    {
      name: 'one that may not fail takes all with it',
      query: 'mutation { start double failHard }',
      data: null,
      errors: [{ path: ['failHard'], code: 'INTERNAL_SERVER_ERROR' }],
    },
    {
      name: 'conditions',
      query: 'mutation ($go: Boolean!) { start add @include(if: $go) double @skip(if: $go) less }',
      variables: { go: false },
      data: { start: 0, double: 0, less: -1 },
    },
  ],
};
