import type { Suite } from '../suite.ts';

/** A field that requires one of a subgraph that requires one of the first: back and forth, without a circle in it. */
export const requiresChain: Suite = {
  name: '@requires back and forth',
  subgraphs: {
    newsroom: {
      sdl: `
        type Query { articles: [Article!]! }
        type Article @key(fields: "id") {
          id: ID!
          signed: Boolean! @external
          trusted: Boolean! @requires(fields: "signed")
        }
        type Reporter @key(fields: "id") { id: ID! years: Int! name: String! }
      `,
      resolvers: {
        Query: { articles: () => [{ id: 'x1' }, { id: 'x2' }] },
        Article: { trusted: ({ signed }: { signed: boolean }) => !signed },
        Reporter: {
          years: ({ id }: { id: string }) => (id === 'r1' ? 2 : 20),
          name: ({ id }: { id: string }) => `Reporter ${id}`,
        },
      },
    },
    archive: {
      sdl: `
        type Article @key(fields: "id") {
          id: ID!
          reporter: Reporter!
          signed: Boolean! @requires(fields: "reporter { years }")
        }
        type Reporter @key(fields: "id") { id: ID! years: Int! @external }
      `,
      resolvers: {
        Article: {
          reporter: ({ id }: { id: string }) => ({ id: id === 'x1' ? 'r1' : 'r2' }),
          signed: ({ reporter }: { reporter: { years: number } }) => reporter.years > 10,
        },
      },
    },
  },
  cases: [
    {
      name: 'one step',
      query: '{ articles { signed } }',
      data: { articles: [{ signed: false }, { signed: true }] },
    },
    {
      name: 'two steps',
      query: '{ articles { trusted } }',
      data: { articles: [{ trusted: true }, { trusted: false }] },
    },
    {
      name: 'with what lies on the way',
      query: '{ articles { trusted reporter { name } signed } }',
      data: {
        articles: [
          { trusted: true, reporter: { name: 'Reporter r1' }, signed: false },
          { trusted: false, reporter: { name: 'Reporter r2' }, signed: true },
        ],
      },
    },
  ],
};
