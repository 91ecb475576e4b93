import type { Suite } from '../suite.ts';

const next = (id: string) => ({ id: String((Number(id) % 3) + 1) });

/** A field that requires one of another subgraph, on objects that were themselves reached from another subgraph. */
export const requiresAfterHop: Suite = {
  name: '@requires behind a way to another subgraph',
  subgraphs: {
    track: {
      sdl: 'type Query { first: Signal } type Signal @key(fields: "id") { id: ID! lamps(lit: Boolean): Int! }',
      resolvers: {
        Query: { first: () => ({ id: '1' }) },
        Signal: { lamps: ({ id }: { id: string }, { lit }: { lit?: boolean }) => Number(id) * (lit ? 10 : 1) },
      },
    },
    works: {
      sdl: `
        type Query { last: Signal }
        type Signal @key(fields: "id") {
          id: ID!
          next: Signal
          both: [Signal!]!
          lamps(lit: Boolean): Int! @external
          load: Int! @requires(fields: "lamps(lit: true)")
        }
      `,
      resolvers: {
        Query: { last: () => ({ id: '3' }) },
        Signal: {
          next: ({ id }: { id: string }) => next(id),
          both: ({ id }: { id: string }) => [next(id), next(next(id).id)],
          load: ({ lamps }: { lamps: number }) => lamps + 1,
        },
      },
    },
  },
  cases: [
    { name: 'of one object', query: '{ first { next { load } } }', data: { first: { next: { load: 21 } } } },
    {
      name: 'of a list, beside what it requires',
      query: '{ first { both { lamps load id } } }',
      data: {
        first: {
          both: [
            { lamps: 2, load: 21, id: '2' },
            { lamps: 3, load: 31, id: '3' },
          ],
        },
      },
    },
    {
      name: 'twice, with conditions',
      query:
        'query ($go: Boolean!) { first { next { next { load } load @include(if: $go) } load } last { next { load } } }',
      variables: { go: true },
      data: { first: { next: { next: { load: 31 }, load: 21 }, load: 11 }, last: { next: { load: 11 } } },
    },
    {
      name: 'under names that hide the key',
      query: '{ first { id: next { lamps: load id: lamps } } }',
      data: { first: { id: { lamps: 21, id: 2 } } },
    },
  ],
};
