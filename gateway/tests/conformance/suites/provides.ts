import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const artists = [{ id: 'a1', name: 'Runa', born: 1970 }];
const genres = [
  { id: 'g1', name: 'Polka', parents: [{ id: 'g2', name: 'Dance' }] },
  { id: 'g2', name: 'Dance', parents: [] },
];

/** `@provides`: fields that a subgraph has on one path only, nested ones among them. */
export const provides: Suite = {
  name: '@provides',
  subgraphs: {
    charts: {
      sdl: `
        type Query {
          hit: Song
          hits: [Song!]! @provides(fields: "genres { name parents { name } }")
        }
        type Song @key(fields: "id") {
          id: ID!
          artist: Artist @provides(fields: "name")
          guest: Artist
          genres: [Genre!] @external
        }
        type Artist @key(fields: "id") { id: ID! name: String @external }
        type Genre @key(fields: "id") { id: ID! name: String @external parents: [Genre!] @external }
      `,
      resolvers: {
        Query: {
          hit: () => ({ id: 's1', artist: { id: 'a1', name: 'Runa (charts)' }, guest: { id: 'a1' } }),
          hits: () => [{ id: 's1', genres, artist: { id: 'a1', name: 'Runa (charts)' } }],
        },
        Song: {
          __resolveReference: ({ id }: { id: string }) => ({ id, artist: { id: 'a1', name: 'Runa (charts)' } }),
        },
      },
    },
    people: {
      sdl: 'type Artist @key(fields: "id") { id: ID! name: String @shareable born: Int }',
      resolvers: { Artist: among(artists, 'id') },
    },
    taxonomy: {
      sdl: `
        type Song @key(fields: "id") { id: ID! genres: [Genre!] @shareable }
        type Genre @key(fields: "id") { id: ID! name: String @shareable parents: [Genre!] @shareable depth: Int }
      `,
      resolvers: {
        Song: { genres: () => genres },
        Genre: {
          __resolveReference: ({ id }: { id: string }) => genres.find((genre) => genre.id === id) ?? null,
          depth: ({ id }: { id: string }) => (id === 'g1' ? 1 : 0),
        },
      },
    },
  },
  cases: [
    {
      name: 'a provided field needs no other subgraph',
      query: '{ hit { artist { name } } }',
      data: { hit: { artist: { name: 'Runa (charts)' } } },
      asks: { charts: 1 },
    },
    {
      name: 'on another path the same field does',
      query: '{ hit { guest { name } } }',
      data: { hit: { guest: { name: 'Runa' } } },
      asks: { charts: 1, people: 1 },
    },
    {
      name: 'provided and other fields of one object',
      query: '{ hit { artist { id name born } guest { born name } } }',
      data: { hit: { artist: { id: 'a1', name: 'Runa (charts)', born: 1970 }, guest: { born: 1970, name: 'Runa' } } },
    },
    {
      name: 'nested fields are provided',
      query: '{ hits { genres { name parents { name } } } }',
      data: {
        hits: [
          {
            genres: [
              { name: 'Polka', parents: [{ name: 'Dance' }] },
              { name: 'Dance', parents: [] },
            ],
          },
        ],
      },
      asks: { charts: 1 },
    },
    {
      name: 'what lies below the nested ones is fetched',
      query: '{ hits { genres { name parents { name depth } depth } } hit { genres { name } } }',
      data: {
        hits: [
          {
            genres: [
              { name: 'Polka', parents: [{ name: 'Dance', depth: 0 }], depth: 1 },
              { name: 'Dance', parents: [], depth: 0 },
            ],
          },
        ],
        hit: { genres: [{ name: 'Polka' }, { name: 'Dance' }] },
      },
    },
  ],
};
