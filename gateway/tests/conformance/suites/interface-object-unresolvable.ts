import type { Suite } from '../suite.ts';

/** A fault of Apollo's planner: it makes an empty plan where there is no way to tell the type of an object. */
export const unresolvableInterfaceObject: Suite = {
  name: '@interfaceObject that is not resolvable',
  subgraphs: {
    permits: {
      sdl: `
        interface Holder @key(fields: "nr") { nr: ID! }
        type Vehicle @key(fields: "plate", resolvable: false) @interfaceObject { plate: ID! }
        type Query { holder: Holder holders: [Holder!] vehicle: Vehicle! vehicles: [Vehicle!]! permits: Int }
      `,
      resolvers: {
        Query: {
          holder: () => ({ __typename: 'Holder', nr: 'h1' }),
          holders: () => [{ __typename: 'Holder', nr: 'h1' }],
          vehicle: () => ({ plate: 'G 1' }),
          vehicles: () => [{ plate: 'G 1' }, { plate: 'G 2' }],
          permits: () => 3,
        },
        Holder: { __resolveType: () => 'Holder' },
      },
    },
    garage: {
      sdl: `
        type Holder @key(fields: "nr", resolvable: false) @interfaceObject { nr: ID! since: Int }
        interface Vehicle @key(fields: "plate") { plate: ID! }
        type Tram implements Vehicle @key(fields: "plate") { plate: ID! seats: Int! }
        type Query { owner: Holder }
      `,
      resolvers: {
        Query: { owner: () => ({ nr: 'h7', since: 1999 }) },
        Vehicle: {
          __resolveReference: ({ plate }: { plate: string }) => ({ __typename: 'Tram', plate, seats: 60 }),
        },
        Tram: { __resolveReference: ({ plate }: { plate: string }) => ({ plate, seats: 60 }) },
      },
    },
  },
  cases: [
    {
      name: 'what its subgraph has is there',
      query: '{ owner { nr since } }',
      data: { owner: { nr: 'h7', since: 1999 } },
    },
    { name: 'a field to which nothing leads is an error', query: '{ holder { since } }' },
    { name: 'and in a list', query: '{ holders { nr since } }' },
    { name: 'and below an alias', query: '{ h: holder { s: since } }' },
    {
      name: 'an interface without types has no objects',
      query: '{ holder { nr } }',
      data: { holder: null },
      errors: 'some',
    },
    { name: 'the key alone needs no type', query: '{ vehicle { plate } }', data: { vehicle: { plate: 'G 1' } } },
    {
      name: 'a fragment on the one type',
      query: '{ vehicle { ... on Tram { plate } } }',
      data: { vehicle: { plate: 'G 1' } },
    },
    {
      name: 'a field of the one type, from the subgraph that resolves the interface',
      query: '{ vehicles { plate ... on Tram { seats } } }',
      data: {
        vehicles: [
          { plate: 'G 1', seats: 60 },
          { plate: 'G 2', seats: 60 },
        ],
      },
    },
    { name: 'a field that no type of the interface shares is refused', query: '{ vehicle { plate seats } }' },
  ],
};
