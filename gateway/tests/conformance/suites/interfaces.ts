import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const kettle = { __typename: 'Kettle', id: 'k1', watts: 2000 };
const clock = { __typename: 'Clock', id: 'c1', watts: 1 };
const rug = { __typename: 'Rug', id: 'r1' };

/** Interfaces that each subgraph implements with other types. */
export const distributedInterfaces: Suite = {
  name: 'interfaces whose types are spread over subgraphs',
  subgraphs: {
    house: {
      sdl: `
        type Query { things: [Thing!]! thing(id: ID!): Item items: [Item!]! clocks: [Clock!]! }
        union Thing = Kettle | Clock | Rug
        interface Item { id: ID! }
        interface Powered { watts: Int }
        type Kettle @key(fields: "id") { id: ID! }
        type Clock implements Item & Powered @key(fields: "id") { id: ID! watts: Int }
        type Rug implements Item @key(fields: "id") { id: ID! }
      `,
      resolvers: {
        Query: {
          things: () => [kettle, clock, rug],
          thing: (_source, { id }: { id: string }) => [clock, rug].find((thing) => thing.id === id) ?? null,
          items: () => [clock, rug],
          clocks: () => [clock],
        },
        Clock: among([clock], 'id'),
      },
    },
    meter: {
      sdl: `
        interface Item { id: ID! }
        interface Powered { watts: Int }
        type Kettle implements Item & Powered @key(fields: "id") { id: ID! watts: Int }
        type Rug @key(fields: "id") { id: ID! warm: Boolean! }
      `,
      resolvers: { Kettle: among([kettle], 'id'), Rug: { warm: () => true } },
    },
  },
  cases: [
    {
      name: 'a union through an interface that the subgraph does not know of one member',
      query: '{ things { ... on Item { id } } }',
      data: { things: [{ id: 'k1' }, { id: 'c1' }, { id: 'r1' }] },
    },
    {
      name: 'a field of the interface from two subgraphs',
      query: '{ things { __typename ... on Powered { watts } } }',
      data: {
        things: [{ __typename: 'Kettle', watts: 2000 }, { __typename: 'Clock', watts: 1 }, { __typename: 'Rug' }],
      },
    },
    {
      name: 'the interface itself',
      query: '{ items { id ... on Item { same: id } ... on Powered { watts } ... on Kettle { id } } }',
      data: {
        items: [
          { id: 'c1', same: 'c1', watts: 1 },
          { id: 'r1', same: 'r1' },
        ],
      },
    },
    {
      name: 'nested fragments, some of them impossible',
      query: `{ things { ... on Item { ... on Powered { ... on Kettle { id watts } ... on Thing { ... on Rug { id } } } ... on Rug { warm } } } }`,
      data: { things: [{ id: 'k1', watts: 2000 }, {}, { warm: true }] },
    },
    {
      name: 'an impossible fragment is refused',
      query: '{ clocks { ... on Powered { ... on Item { id } watts } ... on Kettle { watts } } }',
    },
    {
      name: 'a fragment on an interface at an object',
      query: '{ clocks { ... on Powered { ... on Item { id } watts } } }',
      data: { clocks: [{ id: 'c1', watts: 1 }] },
    },
    {
      name: 'conditions on fragments on the same type and on wider ones',
      query: `query ($on: Boolean!) {
        things { ... on Thing @include(if: $on) { __typename ... on Rug { id } } ... on Thing @skip(if: $on) { __typename } }
        items { ... on Clock { ... on Item @include(if: $on) { ... on Powered { watts } } ... on Powered @skip(if: $on) { id: watts } } }
      }`,
      variables: { on: true },
      data: {
        things: [{ __typename: 'Kettle' }, { __typename: 'Clock' }, { __typename: 'Rug', id: 'r1' }],
        items: [{ watts: 1 }, {}],
      },
    },
    {
      name: 'a named fragment in several places',
      query: `
        { a: thing(id: "c1") { ...Part } b: thing(id: "r1") { ...Part } c: thing(id: "?") { ...Part } }
        fragment Part on Item { __typename ... on Rug { warm } ... on Clock { watts } id }
      `,
      data: {
        a: { __typename: 'Clock', watts: 1, id: 'c1' },
        b: { __typename: 'Rug', warm: true, id: 'r1' },
        c: null,
      },
    },
  ],
};

/** Subgraphs that each know an interface with no key, and complete its types. */
export const keylessInterface: Suite = {
  name: 'an interface without key',
  subgraphs: {
    search: {
      sdl: `
        type Query { found: Node none: Node }
        interface Node { id: ID! }
        type Kettle implements Node @key(fields: "id") { id: ID! }
        type Clock implements Node @key(fields: "id") { id: ID! }
      `,
      resolvers: { Query: { found: () => ({ __typename: 'Kettle', id: 'k1' }) } },
    },
    types: {
      sdl: `
        interface Node { id: ID! }
        type Kettle implements Node @key(fields: "id") @shareable { id: ID! watts: Int! cold: Boolean! }
        type Clock implements Node @key(fields: "id") { id: ID! ticks: Boolean! }
      `,
      resolvers: { Kettle: { ...among([kettle], 'id'), cold: () => true } },
    },
  },
  cases: [
    {
      name: 'is completed by type',
      query: '{ found { id ... on Kettle { __typename watts cold } ... on Clock { ticks } } none { id } }',
      data: { found: { id: 'k1', __typename: 'Kettle', watts: 2000, cold: true }, none: null },
    },
  ],
};
