import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const LOCKS = [{ id: 'l1', name: 'Iron', serial: 's1', cost: 7.5 }];

/** Federation 1: a key of external fields, of which one has no owner at all. */
export const externalKeys: Suite = {
  name: 'Federation 1: several keys of external fields',
  subgraphs: {
    owner: {
      version: 1,
      sdl: 'type Query { lock: Lock } type Lock @key(fields: "id") { id: ID! name: String maker: ID }',
      resolvers: {
        Query: { lock: () => ({ id: 'l1', name: 'Iron', maker: 'm1' }) },
        Lock: { ...among(LOCKS, 'id'), maker: () => 'm1' },
      },
    },
    shop: {
      version: 1,
      sdl: `
        type Query { sold: Lock }
        extend type Lock @key(fields: "id name") @key(fields: "serial") {
          id: ID @external name: String @external serial: String @external cost: Float!
        }
      `,
      resolvers: { Query: { sold: () => LOCKS[0] }, Lock: among(LOCKS, 'id', 'name') },
    },
  },
  cases: [
    {
      name: 'by the key of two fields',
      query: '{ lock { id maker cost serial name } }',
      data: { lock: { id: 'l1', maker: 'm1', cost: 7.5, serial: 's1', name: 'Iron' } },
    },
    {
      name: 'what is external has its subgraph itself, as it is a key',
      query: '{ sold { serial cost maker } }',
      data: { sold: { serial: 's1', cost: 7.5, maker: 'm1' } },
    },
  ],
};

const bells = [
  { id: 'b1', tone: 'C', weight: 120 },
  { id: 'b2', tone: 'G', weight: 80 },
];

/** An extension whose key is external although the type is a plain one elsewhere. */
export const externalKeyOfExtension: Suite = {
  name: 'an extension with an external key',
  subgraphs: {
    tower: {
      sdl: 'type Query { bells: [Bell!]! } type Bell @key(fields: "id") { id: ID! tone: String! }',
      resolvers: { Query: { bells: () => bells }, Bell: among(bells, 'id') },
    },
    foundry: {
      sdl: 'type Query { lightest: Bell } extend type Bell @key(fields: "id") { id: ID! @external weight: Float }',
      resolvers: { Query: { lightest: () => bells[1] }, Bell: among(bells, 'id') },
    },
  },
  cases: [
    {
      name: 'from the extension',
      query: '{ lightest { id weight tone } }',
      data: { lightest: { id: 'b2', weight: 80, tone: 'G' } },
    },
    {
      name: 'to the extension',
      query: '{ bells { tone weight id } }',
      data: {
        bells: [
          { tone: 'C', weight: 120, id: 'b1' },
          { tone: 'G', weight: 80, id: 'b2' },
        ],
      },
    },
  ],
};
