import type { Suite } from '../suite.ts';

const fail = () => {
  throw new Error('a secret');
};
const harbours = ['h1', 'h2', 'h3'].map((id) => ({ id }));

/** What is null where nothing may be null takes its parent with it, across subgraphs and lists. */
export const nullPropagation: Suite = {
  name: 'null where null may not be',
  subgraphs: {
    charts: {
      sdl: `
        type Query {
          harbours: [Harbour!]! some: [Harbour] all: [Harbour!] grid: [[Harbour]!] deep: [[[Int]!]] one: Harbour
          must: Harbour! none: [Harbour!]! noGrid: [[Harbour!]!]! pair: Pair
        }
        type Pair { left: Harbour! right: Harbour }
        type Harbour @key(fields: "id") { id: ID! }
      `,
      resolvers: {
        Query: {
          harbours: () => harbours,
          some: () => [harbours[0], null, harbours[1]],
          all: () => harbours,
          grid: () => [[harbours[0], harbours[1]], [], [null, harbours[2]]],
          deep: () => [[[1, null], []], [], null],
          one: () => harbours[1],
          must: () => harbours[1],
          none: () => [],
          noGrid: () => [[], []],
          pair: () => ({ left: harbours[0], right: harbours[1] }),
        },
      },
    },
    pilots: {
      sdl: `
        type Harbour @key(fields: "id") {
          id: ID! depth: Int! name: String tides: [Tide!] firm: [Tide!]! loose: [Tide]! gone: Int
        }
        type Tide { at: Int! }
      `,
      resolvers: {
        // It knows nothing of h2.
        Harbour: {
          __resolveReference: ({ id }: { id: string }) => (id === 'h2' ? null : { id }),
          depth: () => 9,
          name: ({ id }: { id: string }) => `Harbour ${id}`,
          tides: ({ id }: { id: string }) => (id === 'h1' ? [{ at: 1 }] : [{ at: 1 }, {}]),
          firm: ({ id }: { id: string }) => (id === 'h1' ? [] : fail()),
          loose: () => [{ at: 2 }, {}],
          gone: fail,
        },
      },
    },
  },
  cases: [
    {
      name: 'an unknown entity: nullable fields are null',
      query: '{ some { id name } }',
      data: { some: [{ id: 'h1', name: 'Harbour h1' }, null, { id: 'h2', name: null }] },
    },
    {
      name: 'an unknown entity: its place in a list of nullable ones is null',
      query: '{ some { id depth } }',
      data: { some: [{ id: 'h1', depth: 9 }, null, null] },
      errors: 'any',
    },
    { name: 'an unknown entity: the list is null', query: '{ all { depth } }', data: { all: null }, errors: 'any' },
    { name: 'an unknown entity: everything is null', query: '{ harbours { depth } }', data: null, errors: 'some' },
    { name: 'an unknown entity: a field is null', query: '{ one { id depth } }', data: { one: null }, errors: 'any' },
    { name: 'an unknown entity: the root is null', query: '{ must { depth } one { id } }', data: null, errors: 'some' },
    {
      name: 'an unknown entity: other branches stay',
      query: '{ one { depth } some { id } pair { right { depth } left { depth } } }',
      data: {
        one: null,
        some: [{ id: 'h1' }, null, { id: 'h2' }],
        pair: { right: null, left: { depth: 9 } },
      },
      errors: 'any',
    },
    {
      name: 'in lists of lists',
      query: '{ grid { id depth } }',
      data: { grid: [[{ id: 'h1', depth: 9 }, null], [], [null, { id: 'h3', depth: 9 }]] },
      errors: 'any',
    },
    {
      name: 'lists of lists of scalars, nulls and empty ones',
      query: '{ deep none { depth } noGrid { name } }',
      data: { deep: [[[1, null], []], [], null], none: [], noGrid: [[], []] },
      asks: { charts: 1 },
    },
    {
      name: 'inside the other subgraph: its own nulls, with the path in the whole answer',
      query: '{ some { tides { at } } }',
      data: { some: [{ tides: [{ at: 1 }] }, null, { tides: null }] },
    },
    {
      name: 'an error in a list of the other subgraph',
      query: '{ grid { loose { at } name } }',
      data: {
        grid: [
          [{ loose: [{ at: 2 }, null], name: 'Harbour h1' }, null],
          [],
          [null, { loose: [{ at: 2 }, null], name: 'Harbour h3' }],
        ],
      },
      errors: 'some',
    },
    {
      name: 'a failing field that must be there empties the entity, for the other subgraph only',
      query: '{ all { id firm { at } } }',
      data: { all: null },
      errors: 'some',
    },
  ],
};
