import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const items = [
  { __typename: 'Map', id: 'i1', label: 'Alps', scale: 50_000 },
  { __typename: 'Globe', id: 'i2', label: 'Earth', radius: 30 },
];
const loans = [
  { id: 'i1', times: 4 },
  { id: 'i2', times: 0 },
];

/** A subgraph adds fields to all types of an interface, which it knows as one object. */
export const interfaceObject: Suite = {
  name: '@interfaceObject',
  subgraphs: {
    shelf: {
      sdl: `
        type Query { items: [Item!]! item(id: ID!): Item }
        interface Item @key(fields: "id") { id: ID! label: String! }
        type Map implements Item @key(fields: "id") { id: ID! label: String! scale: Int! }
        type Globe implements Item @key(fields: "id") { id: ID! label: String! radius: Int! }
      `,
      resolvers: {
        Query: {
          items: () => items,
          item: (_source, { id }: { id: string }) => items.find((item) => item.id === id) ?? null,
        },
        Item: among(items, 'id'),
        Map: among(items, 'id'),
        Globe: among(items, 'id'),
      },
    },
    loans: {
      sdl: `
        type Query { lent: [Item!]! best: Item shelves: [Shelf!]! }
        type Shelf { top: Item }
        type Item @key(fields: "id") @interfaceObject {
          id: ID!
          label: String! @external
          times: Int!
          slip: String! @requires(fields: "label")
        }
      `,
      resolvers: {
        Query: { lent: () => loans, best: () => loans[0], shelves: () => [{ top: loans[1] }, { top: null }] },
        Item: {
          ...among(loans, 'id'),
          slip: ({ label, times }: { label: string; times: number }) => `${label} x${times}`,
        },
      },
    },
    scales: {
      sdl: 'type Map @key(fields: "id") { id: ID! folded: Boolean! }',
      resolvers: { Map: { folded: () => true } },
    },
  },
  cases: [
    {
      name: 'its fields are those of the interface',
      query: '{ items { id times label } }',
      data: {
        items: [
          { id: 'i1', times: 4, label: 'Alps' },
          { id: 'i2', times: 0, label: 'Earth' },
        ],
      },
    },
    {
      name: 'its fields are those of each type',
      query: '{ items { ... on Map { times scale } ... on Globe { label times } } }',
      data: {
        items: [
          { times: 4, scale: 50_000 },
          { label: 'Earth', times: 0 },
        ],
      },
    },
    {
      name: 'who starts there stays there, if nothing else is asked for',
      query: '{ lent { id times } }',
      data: {
        lent: [
          { id: 'i1', times: 4 },
          { id: 'i2', times: 0 },
        ],
      },
      asks: { loans: 1 },
    },
    {
      name: 'who starts there learns the type',
      query: '{ lent { __typename kind: __typename times } best { __typename } }',
      data: {
        lent: [
          { __typename: 'Map', kind: 'Map', times: 4 },
          { __typename: 'Globe', kind: 'Globe', times: 0 },
        ],
        best: { __typename: 'Map' },
      },
    },
    {
      name: 'who starts there gets fields of the interface and of its types',
      query: '{ lent { label ... on Map { scale times } ... on Globe { radius } } }',
      data: {
        lent: [
          { label: 'Alps', scale: 50_000, times: 4 },
          { label: 'Earth', radius: 30 },
        ],
      },
    },
    {
      name: 'a fragment on one type leaves the others empty',
      query: '{ lent { ... on Globe { id } } shelves { top { ... on Globe { radius } ... on Map { id } } } }',
      data: { lent: [{}, { id: 'i2' }], shelves: [{ top: { radius: 30 } }, { top: null }] },
    },
    {
      name: 'it may require fields of the interface',
      query: '{ lent { slip } items { slip } }',
      data: {
        lent: [{ slip: 'Alps x4' }, { slip: 'Earth x0' }],
        items: [{ slip: 'Alps x4' }, { slip: 'Earth x0' }],
      },
    },
    {
      name: 'it may require them of one type only',
      query: '{ best { ... on Map { slip label } ... on Globe { radius } } }',
      data: { best: { slip: 'Alps x4', label: 'Alps' } },
    },
    {
      name: 'a third subgraph extends one of the types',
      query: '{ lent { id ... on Map { folded } } item(id: "i1") { times ... on Map { folded } } }',
      data: { lent: [{ id: 'i1', folded: true }, { id: 'i2' }], item: { times: 4, folded: true } },
    },
  ],
};
