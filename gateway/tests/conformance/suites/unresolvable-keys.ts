import type { SubgraphDefinition } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const plays = [{ id: 'p1', isbn: '978-1', shelf: { room: 'A', row: 4, slot: 9 }, title: 'The Ferry' }];

const stage: SubgraphDefinition = {
  sdl: `
    type Query { season: Season }
    type Season @key(fields: "year") { year: Int! plays: [Play!]! }
    type Play
      @key(fields: "shelf { room row }", resolvable: false)
      @key(fields: "id shelf { row slot }")
      @key(fields: "isbn", resolvable: false)
      @key(fields: "id", resolvable: false)
    { id: ID! isbn: ID! shelf: Shelf! title: String! @external poster: String! @requires(fields: "title") }
    type Shelf { room: ID! row: Int! slot: Int! }
  `,
  resolvers: {
    Query: { season: () => ({ year: 1931, plays: plays.map(({ title, ...play }) => play) }) },
    Play: {
      __resolveReference: (reference: { id?: string; shelf?: { row?: number; slot?: number }; title?: string }) =>
        reference.id && reference.shelf?.row && reference.shelf.slot
          ? { ...reference, poster: `Tonight: ${reference.title}` }
          : null,
    },
  },
};

const script: SubgraphDefinition = {
  sdl: `
    type Play
      @key(fields: "isbn", resolvable: false)
      @key(fields: "id")
      @key(fields: "shelf { room row }", resolvable: false)
      @key(fields: "id shelf { row slot }", resolvable: false)
    { id: ID! isbn: ID! shelf: Shelf! title: String! acts: Int }
    type Shelf { room: ID! row: Int! slot: Int! }
  `,
  resolvers: {
    Play: {
      __resolveReference: (reference: { id?: string; isbn?: string; shelf?: object }) => {
        const play = plays.find(({ id }) => id === reference.id);
        return play && !reference.isbn && !reference.shelf ? { ...play, acts: 5 } : null;
      },
    },
  },
};

/** A fault of Apollo's planner: it goes by keys that the target says it cannot resolve. */
export const unresolvableKeys: Suite = {
  name: 'keys that are not resolvable',
  subgraphs: { stage, script },
  cases: [
    {
      name: 'are not used towards the subgraph that says so',
      query: '{ season { plays { id title } } }',
      data: { season: { plays: [{ id: 'p1', title: 'The Ferry' }] } },
      keys: { script: [['__typename', 'id']] },
    },
    {
      name: 'are not used on the way back either',
      query: '{ season { year plays { id title poster } } }',
      data: { season: { year: 1931, plays: [{ id: 'p1', title: 'The Ferry', poster: 'Tonight: The Ferry' }] } },
      keys: { script: [['__typename', 'id']], stage: [['__typename', 'id', 'shelf', 'title']] },
    },
    {
      name: 'are not used when only what they lead to is asked for',
      query: '{ season { plays { poster acts } } }',
      data: { season: { plays: [{ poster: 'Tonight: The Ferry', acts: 5 }] } },
    },
    {
      name: 'are plain fields for clients',
      query: '{ season { plays { isbn shelf { room slot } title } } }',
      data: { season: { plays: [{ isbn: '978-1', shelf: { room: 'A', slot: 9 }, title: 'The Ferry' }] } },
    },
  ],
};
