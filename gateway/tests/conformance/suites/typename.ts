import type { Suite } from '../suite.ts';

const rowan = { __typename: 'Tree', id: 'b1', tall: true };
const moss = { __typename: 'Moss', id: 'b2' };

/** `__typename` in every place, under every name. */
export const typename: Suite = {
  name: '__typename',
  subgraphs: {
    garden: {
      sdl: `
        type Query { plant: Plant organism: Organism plants: [Plant!]! }
        type Mutation { water: Plant }
        union Plant = Tree | Moss
        interface Organism { id: ID! }
        type Tree implements Organism { id: ID! tall: Boolean }
        type Moss implements Organism { id: ID! }
        interface Keeper @key(fields: "id") { id: ID! }
        type Gardener implements Keeper @key(fields: "id") { id: ID! spade: String }
      `,
      resolvers: {
        Query: { plant: () => rowan, organism: () => moss, plants: () => [rowan, moss] },
        Mutation: { water: () => moss },
        Keeper: { __resolveReference: ({ id }: { id: string }) => ({ __typename: 'Gardener', id, spade: 'old' }) },
      },
    },
    staff: {
      sdl: `
        type Query { keepers: [Keeper!] }
        type Keeper @key(fields: "id") @interfaceObject { id: ID! name: String! }
      `,
      resolvers: { Query: { keepers: () => [{ id: 'g1', name: 'Asta' }] } },
    },
  },
  cases: [
    {
      name: 'of a union, twice',
      query: '{ plant { __typename kind: __typename } }',
      data: { plant: { __typename: 'Tree', kind: 'Tree' } },
    },
    {
      name: 'of an interface, under names only',
      query: '{ organism { a: __typename id b: __typename } }',
      data: { organism: { a: 'Moss', id: 'b2', b: 'Moss' } },
    },
    {
      name: 'inside fragments',
      query:
        '{ plants { ... on Tree { t: __typename } ... on Moss { m: __typename } ... on Organism { o: __typename } } }',
      data: {
        plants: [
          { t: 'Tree', o: 'Tree' },
          { m: 'Moss', o: 'Moss' },
        ],
      },
    },
    {
      name: 'of the root, beside data, and by another name',
      query: '{ __typename organism { id } root: __typename }',
      data: { __typename: 'Query', organism: { id: 'b2' }, root: 'Query' },
    },
    { name: 'of the root alone', query: '{ __typename }', data: { __typename: 'Query' }, asks: {} },
    { name: 'of the root of mutations', query: 'mutation { r: __typename }', data: { r: 'Mutation' }, asks: {} },
    {
      name: 'of an interface object it is the type behind it',
      query: '{ keepers { __typename name } }',
      data: { keepers: [{ __typename: 'Gardener', name: 'Asta' }] },
    },
    {
      name: 'of an interface object under another name, and in fragments',
      query: '{ keepers { who: __typename ... on Gardener { w: __typename spade } } }',
      data: { keepers: [{ who: 'Gardener', w: 'Gardener', spade: 'old' }] },
    },
  ],
};
