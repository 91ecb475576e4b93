import { GraphQLError } from 'graphql';
import type { Suite } from '../suite.ts';

const refuse = (code: string) => () => {
  throw new GraphQLError(`refused: ${code}`, { extensions: { code, hint: 'later' } });
};
const secret = () => {
  throw new Error('postgres://admin:hunter2@10.0.0.1');
};
const lamps = [
  { id: 'a', place: { id: 'p1' } },
  { id: 'b', place: { id: 'p2' } },
  { id: 'c', place: { id: 'p1' } },
];

/** One part fails, the others are there, and each error says where. */
export const errors: Suite = {
  name: 'errors of subgraphs',
  subgraphs: {
    lamps: {
      sdl: `
        type Query { lamps: [Lamp!]! lamp: Lamp streets: [Street!]! denied: Int broken: Lamp }
        type Street { lamps: [Lamp] }
        type Lamp @key(fields: "id") { id: ID! place: Place }
        type Place @key(fields: "id", resolvable: false) { id: ID! }
      `,
      resolvers: {
        Query: {
          lamps: () => lamps,
          lamp: () => lamps[1],
          streets: () => [{ lamps: [lamps[0]] }, { lamps: [null, lamps[1]] }],
          denied: refuse('FORBIDDEN'),
          broken: secret,
        },
      },
    },
    power: {
      sdl: 'type Lamp @key(fields: "id") { id: ID! watts: Int volts: [Int] amps: Int! }',
      resolvers: {
        Lamp: {
          watts: ({ id }: { id: string }) => (id === 'b' ? refuse('METER_OFF')() : 60),
          volts: ({ id }: { id: string }) => [230, id === 'b' ? 'x' : 110],
          amps: ({ id }: { id: string }) => (id === 'b' ? secret() : 1),
        },
      },
    },
    places: {
      sdl: 'type Place @key(fields: "id") { id: ID! name: String! height: Int }',
      resolvers: {
        Place: {
          name: ({ id }: { id: string }) => `Place ${id}`,
          height: ({ id }: { id: string }) => (id === 'p1' ? refuse('TOO_HIGH')() : 4),
        },
      },
    },
    away: { sdl: 'type Lamp @key(fields: "id") { id: ID! colour: String } type Query { far: Int }', down: true },
  },
  cases: [
    {
      name: 'the code of a subgraph, at a root field',
      query: '{ denied lamp { id } }',
      data: { denied: null, lamp: { id: 'b' } },
      errors: [{ path: ['denied'], code: 'FORBIDDEN' }],
    },
    {
      name: 'under an alias',
      query: '{ no: denied d: broken { id } }',
      data: { no: null, d: null },
      errors: [
        { path: ['no'], code: 'FORBIDDEN' },
        { path: ['d'], code: 'INTERNAL_SERVER_ERROR' },
      ],
    },
    {
      name: 'of one entity in a list, with its index',
      query: '{ lamps { id watts } }',
      data: {
        lamps: [
          { id: 'a', watts: 60 },
          { id: 'b', watts: null },
          { id: 'c', watts: 60 },
        ],
      },
      errors: [{ path: ['lamps', 1, 'watts'], code: 'METER_OFF' }],
    },
    {
      name: 'of one entity in lists in lists, under aliases',
      query: '{ s: streets { l: lamps { w: watts } } }',
      data: { s: [{ l: [{ w: 60 }] }, { l: [null, { w: null }] }] },
      errors: [{ path: ['s', 1, 'l', 1, 'w'], code: 'METER_OFF' }],
    },
    {
      name: 'below the entity, in a list of scalars',
      query: '{ lamp { volts } }',
      data: { lamp: { volts: [230, null] } },
      errors: [{ path: ['lamp', 'volts', 1], code: 'INTERNAL_SERVER_ERROR' }],
    },
    {
      name: 'of an entity that is in two places',
      query: '{ lamps { place { name height } } }',
      data: {
        lamps: [
          { place: { name: 'Place p1', height: null } },
          { place: { name: 'Place p2', height: 4 } },
          { place: { name: 'Place p1', height: null } },
        ],
      },
      errors: [
        { path: ['lamps', 0, 'place', 'height'], code: 'TOO_HIGH' },
        { path: ['lamps', 2, 'place', 'height'], code: 'TOO_HIGH' },
      ],
    },
    {
      name: 'in a field that must be there: its object is null, the error says where',
      query: '{ lamp { id amps } denied }',
      data: { lamp: null, denied: null },
      errors: [
        { path: ['lamp', 'amps'], code: 'INTERNAL_SERVER_ERROR' },
        { path: ['denied'], code: 'FORBIDDEN' },
      ],
    },
    {
      name: 'a subgraph that is away costs its fields',
      query: '{ lamps { id colour } }',
      data: {
        lamps: [
          { id: 'a', colour: null },
          { id: 'b', colour: null },
          { id: 'c', colour: null },
        ],
      },
      errors: 'some',
    },
    {
      name: 'a subgraph that is away, at the root',
      query: '{ far lamp { place { name } } }',
      data: { far: null, lamp: { place: { name: 'Place p2' } } },
      errors: [{ path: ['far'], code: 'SERVICE_UNAVAILABLE' }],
    },
    {
      name: 'several at once',
      query: '{ lamp { watts colour place { height } } }',
      data: { lamp: { watts: null, colour: null, place: { height: 4 } } },
      errors: [{ code: 'METER_OFF', path: ['lamp', 'watts'] }, { code: 'SERVICE_UNAVAILABLE' }],
    },
  ],
};
