import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const tags = [
  { __typename: 'Photo', id: 'f1' },
  { __typename: 'Photo', id: 'f2' },
];

/** `@override` of a field that belongs to different interfaces in the two subgraphs. */
export const overrideInterface: Suite = {
  name: '@override below interfaces',
  subgraphs: {
    wall: {
      sdl: `
        type Query { wall: [Hung!] }
        interface Hung { id: ID! year: Int! }
        type Photo implements Hung @key(fields: "id") { id: ID! year: Int! }
      `,
      resolvers: { Query: { wall: () => tags }, Photo: { year: () => 1 } },
    },
    drawer: {
      sdl: `
        type Query { drawer: [Kept!] }
        interface Hung { id: ID! year: Int! }
        interface Kept { id: ID! year: Int! }
        type Print implements Hung @key(fields: "id") { id: ID! year: Int! paper: String! }
        type Photo implements Kept @key(fields: "id") { id: ID! year: Int! @override(from: "wall") }
      `,
      resolvers: {
        Query: { drawer: () => tags },
        Photo: { year: ({ id }: { id: string }) => (id === 'f1' ? 1999 : 2001) },
        Print: among([{ id: 'q1', year: 1, paper: 'matt' }], 'id'),
      },
    },
  },
  cases: [
    {
      name: 'through the one interface',
      query: '{ wall { id year } }',
      data: {
        wall: [
          { id: 'f1', year: 1999 },
          { id: 'f2', year: 2001 },
        ],
      },
    },
    { name: 'through the other', query: '{ drawer { year } }', data: { drawer: [{ year: 1999 }, { year: 2001 }] } },
    {
      name: 'through both, and the type',
      query: '{ wall { ... on Print { paper } ... on Photo { year } } drawer { id ... on Photo { year id } } }',
      data: {
        wall: [{ year: 1999 }, { year: 2001 }],
        drawer: [
          { id: 'f1', year: 1999 },
          { id: 'f2', year: 2001 },
        ],
      },
    },
    { name: 'a type that is not there', query: '{ wall { ... on Print { id paper } } }', data: { wall: [{}, {}] } },
  ],
};
