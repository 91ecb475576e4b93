import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

/** An object without key is completed by asking for its parent again elsewhere. */
export const parentEntity: Suite = {
  name: 'an object without key, by its parent',
  subgraphs: {
    catalogue: {
      sdl: `
        type Query { plays: [Play!]! play(id: ID!): Play }
        type Play @key(fields: "id") @key(fields: "id code") { id: ID! code: ID! genre: Genre @shareable }
        type Genre @key(fields: "id") { id: ID! word: String! @shareable }
      `,
      resolvers: {
        Query: {
          plays: () => ['1', '2', '3'].map((id) => ({ id })),
          play: (_source, { id }: { id: string }) => ({ id }),
        },
        Play: {
          code: ({ id }: { id: string }) => `c${id}`,
          genre: ({ id }: { id: string }) => ({ id: id === '2' ? 'g2' : 'g1', word: 'farce' }),
        },
      },
    },
    statistics: {
      sdl: `
        type Play @key(fields: "id code") { id: ID! code: ID! genre: Genre @shareable }
        type Genre { share: Share }
        type Share { percent: Int }
      `,
      resolvers: {
        Play: { genre: ({ code }: { code: string }) => ({ share: { percent: code === 'c2' ? 10 : 45 } }) },
      },
    },
    notes: {
      sdl: `
        type Play @key(fields: "id") { id: ID! @external genre: Genre @shareable }
        type Genre { note: String }
      `,
      resolvers: { Play: { genre: ({ id }: { id: string }) => ({ note: `note ${id}` }) } },
    },
    lexicon: {
      sdl: 'type Genre @key(fields: "id") { id: ID! long: String! }',
      resolvers: {
        Genre: among(
          [
            { id: 'g1', long: 'a farce' },
            { id: 'g2', long: 'a drama' },
          ],
          'id',
        ),
      },
    },
  },
  cases: [
    {
      name: 'one level below',
      query: '{ plays { id genre { id share { percent } } } }',
      data: {
        plays: [
          { id: '1', genre: { id: 'g1', share: { percent: 45 } } },
          { id: '2', genre: { id: 'g2', share: { percent: 10 } } },
          { id: '3', genre: { id: 'g1', share: { percent: 45 } } },
        ],
      },
    },
    {
      name: 'from four subgraphs',
      query: '{ play(id: "2") { genre { note long word share { percent } } } }',
      data: { play: { genre: { note: 'note 2', long: 'a drama', word: 'farce', share: { percent: 10 } } } },
    },
  ],
};
