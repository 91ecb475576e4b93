import type { Suite } from '../suite.ts';

/** Each subgraph resolves `id` of one type only and calls it external on the other, which composition lets pass. */
export const externalInterfaceField: Suite = {
  name: 'a shared root whose types are whole in one subgraph each',
  subgraphs: {
    people: {
      sdl: `
        type Query { node(id: ID!): Node @shareable person(id: ID!): Person }
        interface Node { id: ID! }
        type Person implements Node @key(fields: "id") { id: ID! name: String! }
        type Room implements Node @key(fields: "id") { id: ID! @external keeper: Person! }
      `,
      resolvers: {
        Query: {
          node: (_source, { id }: { id: string }) => ({ __typename: id.startsWith('p') ? 'Person' : 'Room', id }),
          person: (_source, { id }: { id: string }) => ({ id }),
        },
        Person: { name: ({ id }: { id: string }) => `Person ${id}` },
        Room: { keeper: () => ({ id: 'p1' }) },
      },
    },
    rooms: {
      sdl: `
        type Query { node(id: ID!): Node @shareable room(id: ID!): Room }
        interface Node { id: ID! }
        type Person implements Node @key(fields: "id") { id: ID! @external rooms: [Room!]! }
        type Room implements Node @key(fields: "id") { id: ID! door: String! }
      `,
      resolvers: {
        Query: {
          node: (_source, { id }: { id: string }) => ({ __typename: id.startsWith('p') ? 'Person' : 'Room', id }),
          room: (_source, { id }: { id: string }) => ({ id }),
        },
        Room: { door: () => 'red' },
        Person: { rooms: () => [{ id: 'r1' }] },
      },
    },
  },
  cases: [
    {
      name: 'the types of the nodes',
      query: '{ a: node(id: "p1") { __typename } b: node(id: "r1") { __typename } }',
      data: { a: { __typename: 'Person' }, b: { __typename: 'Room' } },
    },
    {
      name: 'fragments on the type that is there',
      query: '{ a: node(id: "p1") { ... on Person { id name } } b: node(id: "r1") { ... on Room { id door } } }',
      data: { a: { id: 'p1', name: 'Person p1' }, b: { id: 'r1', door: 'red' } },
    },
    {
      name: 'fragments on the type that is not',
      query: '{ a: node(id: "p1") { __typename ... on Room { id } } b: node(id: "r1") { ... on Person { id } } }',
      data: { a: { __typename: 'Person' }, b: {} },
    },
    {
      name: 'around from one to the other',
      query:
        '{ room(id: "r1") { door keeper { name rooms { id door } } } person(id: "p1") { rooms { keeper { id } } } }',
      data: {
        room: { door: 'red', keeper: { name: 'Person p1', rooms: [{ id: 'r1', door: 'red' }] } },
        person: { rooms: [{ keeper: { id: 'p1' } }] },
      },
    },
  ],
};
