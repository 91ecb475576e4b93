import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const animals = [
  { __typename: 'Goat', id: 'n1', name: 'Berta', horns: 2 },
  { __typename: 'Hen', id: 'n2', name: 'Erna', eggs: 5 },
];
const names = animals.map(({ __typename, id, name }) => ({ __typename, id, name }));

/** `@provides` through an interface. */
export const providesOnInterface: Suite = {
  name: '@provides on an interface',
  subgraphs: {
    fair: {
      sdl: `
        type Query {
          pen: Pen @shareable @provides(fields: "animals { id name }")
          stall: Stall @provides(fields: "animals { ... on Goat { name } }")
        }
        interface Pen { id: ID! animals: [Animal!] }
        type Stall implements Pen @key(fields: "id") { id: ID! animals: [Animal!] @external }
        interface Animal { id: ID! name: String }
        type Goat implements Animal @key(fields: "id") { id: ID! name: String @external }
        type Hen implements Animal @key(fields: "id") { id: ID! name: String @external }
      `,
      resolvers: {
        Query: {
          pen: () => ({ __typename: 'Stall', id: 'k1', animals: names }),
          stall: () => ({ id: 'k1', animals: names.map((animal) => ({ ...animal, name: `${animal.name}!` })) }),
        },
      },
    },
    farm: {
      sdl: `
        interface Pen { id: ID! animals: [Animal!] }
        type Stall implements Pen @key(fields: "id") { id: ID! animals: [Animal!] @shareable }
        interface Animal { id: ID! name: String }
        type Goat implements Animal @key(fields: "id") { id: ID! name: String @shareable horns: Int }
        type Hen implements Animal @key(fields: "id") { id: ID! name: String @shareable eggs: Int }
      `,
      resolvers: {
        Stall: { animals: () => animals },
        Goat: among(animals, 'id'),
        Hen: among(animals, 'id'),
      },
    },
  },
  cases: [
    {
      name: 'all of its types',
      query: '{ pen { id animals { id name } } }',
      data: {
        pen: {
          id: 'k1',
          animals: [
            { id: 'n1', name: 'Berta' },
            { id: 'n2', name: 'Erna' },
          ],
        },
      },
      asks: { fair: 1 },
    },
    {
      name: 'and more of one type from elsewhere',
      query: '{ pen { animals { name ... on Hen { eggs } } } }',
      data: { pen: { animals: [{ name: 'Berta' }, { name: 'Erna', eggs: 5 }] } },
    },
    {
      name: 'one type only',
      query: '{ stall { animals { __typename ... on Goat { name } } } }',
      data: { stall: { animals: [{ __typename: 'Goat', name: 'Berta!' }, { __typename: 'Hen' }] } },
    },
  ],
};

/** `@provides` through a union. */
export const providesOnUnion: Suite = {
  name: '@provides on a union',
  subgraphs: {
    board: {
      sdl: `
        type Query { prizes: [Animal!] @provides(fields: "... on Goat { name }") }
        union Animal = Goat | Hen
        type Goat @key(fields: "id") { id: ID! name: String @external }
        type Hen @key(fields: "id") { id: ID! }
      `,
      resolvers: { Query: { prizes: () => names } },
    },
    farm: {
      sdl: `
        type Goat @key(fields: "id") { id: ID! name: String @shareable }
        type Hen @key(fields: "id") { id: ID! name: String }
      `,
      resolvers: { Goat: among(animals, 'id'), Hen: among(animals, 'id') },
    },
  },
  cases: [
    {
      name: 'the provided type needs no other subgraph',
      query: '{ prizes { ... on Goat { id name } ... on Hen { id } } }',
      data: { prizes: [{ id: 'n1', name: 'Berta' }, { id: 'n2' }] },
      asks: { board: 1 },
    },
    {
      name: 'the other type does',
      query: '{ prizes { ... on Goat { name } ... on Hen { name } } }',
      data: { prizes: [{ name: 'Berta' }, { name: 'Erna' }] },
      asks: { board: 1, farm: 1 },
    },
  ],
};
