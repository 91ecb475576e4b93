import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const dogs = [
  { id: 'd1', coat: 'LONG', size: 4 },
  { id: 'd2', coat: 'WIRE', size: 9 },
];

/** What clients must not see: fields, arguments with defaults, values of enums. */
export const inaccessible: Suite = {
  name: '@inaccessible',
  subgraphs: {
    kennel: {
      sdl: `
        type Query { dogs: [Dog!] dogsOf(coat: Coat!): [Dog!] }
        type Dog @key(fields: "id") { id: ID! coat: Coat @shareable size: Int! }
        enum Coat { LONG WIRE @inaccessible }
      `,
      resolvers: {
        Query: {
          dogs: () => dogs,
          dogsOf: (_source, { coat }: { coat: string }) => dogs.filter((dog) => dog.coat === coat),
        },
        Dog: among(dogs, 'id'),
      },
    },
    vet: {
      sdl: `
        type Query { patients: [Dog!] }
        type Dog @key(fields: "id") {
          id: ID!
          coat: Coat @shareable
          friends(of: Kind = PUPPY @inaccessible, most: Int = 1): [Dog!]!
          chip: String! @inaccessible
          bestKind: Kind
        }
        enum Coat { LONG }
        enum Kind { PUPPY @inaccessible ADULT }
      `,
      resolvers: {
        Query: { patients: () => dogs },
        Dog: {
          ...among(dogs, 'id'),
          friends: ({ id }: { id: string }, { of, most }: { of: string; most: number }) =>
            of === 'PUPPY' ? dogs.filter((dog) => dog.id !== id).slice(0, most) : [],
          chip: () => 'secret',
          bestKind: ({ id }: { id: string }) => (id === 'd1' ? 'ADULT' : 'PUPPY'),
        },
      },
    },
  },
  cases: [
    {
      name: 'the default of an argument that clients cannot give',
      query: '{ dogs { id friends { id } } }',
      data: {
        dogs: [
          { id: 'd1', friends: [{ id: 'd2' }] },
          { id: 'd2', friends: [{ id: 'd1' }] },
        ],
      },
    },
    { name: 'the argument itself', query: '{ dogs { friends(of: ADULT) { id } } }' },
    {
      name: 'the visible argument beside it',
      query: '{ patients { friends(most: 0) { id } } }',
      data: { patients: [{ friends: [] }, { friends: [] }] },
    },
    { name: 'a field', query: '{ patients { chip } }' },
    {
      name: 'a value of an enum becomes null',
      query: '{ dogs { coat } }',
      data: { dogs: [{ coat: 'LONG' }, { coat: null }] },
      errors: 'any',
    },
    {
      name: 'a value of an enum that one subgraph does not know is its error',
      query: '{ patients { coat id } }',
      data: {
        patients: [
          { coat: 'LONG', id: 'd1' },
          { coat: null, id: 'd2' },
        ],
      },
      errors: [{ path: ['patients', 1, 'coat'], code: 'INTERNAL_SERVER_ERROR' }],
    },
    {
      name: 'a value of an enum after an entity hop',
      query: '{ dogs { bestKind } }',
      data: { dogs: [{ bestKind: 'ADULT' }, { bestKind: null }] },
      errors: 'any',
    },
    { name: 'a value of an enum as argument', query: '{ dogsOf(coat: WIRE) { id } }' },
    {
      name: 'a value of an enum as variable',
      query: 'query ($coat: Coat!) { dogsOf(coat: $coat) { id } }',
      variables: { coat: 'WIRE' },
    },
    { name: 'a visible value', query: '{ dogsOf(coat: LONG) { coat } }', data: { dogsOf: [{ coat: 'LONG' }] } },
    {
      name: 'introspection has none of it',
      query: `{
        coat: __type(name: "Coat") { enumValues { name } }
        dog: __type(name: "Dog") { fields { name args { name } } }
      }`,
      data: {
        coat: { enumValues: [{ name: 'LONG' }] },
        dog: {
          fields: [
            { name: 'id', args: [] },
            { name: 'coat', args: [] },
            { name: 'size', args: [] },
            { name: 'friends', args: [{ name: 'most' }] },
            { name: 'bestKind', args: [] },
          ],
        },
      },
      asks: {},
    },
  ],
};
