import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const plays = [{ id: 'p1', title: 'The Ferry' }];

/** A subgraph merely points at the entities of another. */
export const references: Suite = {
  name: 'references that are not resolvable',
  subgraphs: {
    posters: {
      sdl: `
        type Query { posters: [Poster!]! }
        type Poster @key(fields: "nr") { nr: Int! play: Play! }
        type Play @key(fields: "id", resolvable: false) { id: ID! }
      `,
      resolvers: { Query: { posters: () => [{ nr: 1, play: { id: 'p1' } }] } },
    },
    plays: {
      sdl: 'type Query { plays: [Play!]! } type Play @key(fields: "id") { id: ID! title: String! }',
      resolvers: { Query: { plays: () => plays }, Play: among(plays, 'id') },
    },
  },
  cases: [
    {
      name: 'lead out',
      query: '{ posters { play { title } } }',
      data: { posters: [{ play: { title: 'The Ferry' } }] },
    },
    {
      name: 'do not lead in',
      query: '{ plays { id title } }',
      data: { plays: [{ id: 'p1', title: 'The Ferry' }] },
      asks: { plays: 1 },
    },
  ],
};
