import type { Suite } from '../suite.ts';

/** Root fields and objects without key that several subgraphs share: each is asked for its part. */
export const sharedRoot: Suite = {
  name: 'shared root fields',
  subgraphs: {
    words: {
      sdl: `
        type Query { map: Map! @shareable maps: [Map!]! @shareable }
        type Map { id: ID! @shareable title: Title! }
        type Title { de: String! en: String! }
      `,
      resolvers: {
        Query: {
          map: () => ({ id: 'm1', title: { de: 'Moor', en: 'Bog' } }),
          maps: () => [{ id: 'm1', title: { de: 'Moor', en: 'Bog' } }],
        },
      },
    },
    sizes: {
      sdl: `
        type Query { map: Map! @shareable maps: [Map!]! @shareable }
        type Map { id: ID! @shareable size: Size! }
        type Size { width: Int! height: Int! }
      `,
      resolvers: {
        Query: {
          map: () => ({ id: 'm1', size: { width: 3, height: 4 } }),
          maps: () => [{ id: 'm1', size: { width: 3, height: 4 } }],
        },
      },
    },
    prices: {
      sdl: `
        type Query { map: Map! @shareable maps: [Map!]! @shareable }
        type Map { id: ID! @shareable price: Int! }
      `,
      resolvers: { Query: { map: () => ({ id: 'm1', price: 7 }), maps: () => [{ id: 'm1', price: 7 }] } },
    },
  },
  cases: [
    {
      name: 'an object',
      query: '{ map { id title { en } size { width height } price } }',
      data: { map: { id: 'm1', title: { en: 'Bog' }, size: { width: 3, height: 4 }, price: 7 } },
      asks: { words: 1, sizes: 1, prices: 1 },
    },
    {
      name: 'a list',
      query: '{ maps { price size { height } title { de } id } }',
      data: { maps: [{ price: 7, size: { height: 4 }, title: { de: 'Moor' }, id: 'm1' }] },
    },
    {
      name: 'under two names',
      query: '{ a: map { price } b: map { id title { de } } }',
      data: { a: { price: 7 }, b: { id: 'm1', title: { de: 'Moor' } } },
    },
  ],
};
