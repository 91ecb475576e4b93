import type { Suite } from '../suite.ts';

const ann = { __typename: 'Singer', id: 's1', name: 'Ann' };
const bot = { __typename: 'Robot', id: 'r1', name: 'Bot' };
const more = { alike: () => [ann, bot] };

/** Members of a union whose fields of one name have types that differ in nullability: sent under other names. */
export const typeMismatch: Suite = {
  name: 'fields of one name and different types in a union',
  subgraphs: {
    choir: {
      sdl: 'type Query { singers: [Singer!]! } type Singer { id: ID @shareable }',
      resolvers: { Query: { singers: () => [{ id: 's1' }] } },
    },
    stage: {
      sdl: `
        type Query { cast: [Actor!]! }
        union Actor = Singer | Robot
        type Singer @key(fields: "id") { id: ID! name: String alike: [Actor!]! sizes: [Int!]! tag: String }
        type Robot { id: ID name: String @shareable alike: [Actor!]! sizes: [Int] tag: [String!] }
      `,
      resolvers: {
        Query: { cast: () => [ann, bot] },
        Singer: { ...more, __resolveReference: () => ann, sizes: () => [1], tag: () => 'x' },
        Robot: { ...more, sizes: () => [null, 2], tag: () => ['y', 'z'] },
      },
    },
  },
  cases: [
    {
      name: 'beside a hop',
      query: '{ singers { id name } cast { ... on Singer { id name } ... on Robot { id name } } }',
      data: {
        singers: [{ id: 's1', name: 'Ann' }],
        cast: [
          { id: 's1', name: 'Ann' },
          { id: 'r1', name: 'Bot' },
        ],
      },
    },
    {
      name: 'nested',
      query: `
        { cast { ...S ...R ... on Singer { alike { ...S ...R } } ... on Robot { alike { ...R ...S } } } }
        fragment S on Singer { id name }
        fragment R on Robot { id name }
      `,
      data: {
        cast: [ann, bot].map(({ id, name }) => ({
          id,
          name,
          alike: [
            { id: 's1', name: 'Ann' },
            { id: 'r1', name: 'Bot' },
          ],
        })),
      },
    },
    {
      name: 'types that cannot share a name are refused',
      query: '{ cast { ... on Singer { tag } ... on Robot { tag } } }',
    },
    {
      name: 'under names of their own they may',
      query: '{ cast { ... on Singer { tag nrs: sizes } ... on Robot { tags: tag sizes } } }',
      data: {
        cast: [
          { tag: 'x', nrs: [1] },
          { tags: ['y', 'z'], sizes: [null, 2] },
        ],
      },
    },
  ],
};
