import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const tours = [
  { id: 't1', km: 10, legs: ['a', 'b', 'c'] },
  { id: 't2', km: 25, legs: ['d', 'e', 'f'] },
];
const PER_UNIT: Readonly<Record<string, number>> = { KM: 1, M: 1000 };

/** A fault of Apollo's planner: what the client gives as argument collides with the argument inside `@requires`. */
export const requiresArgument: Suite = {
  name: '@requires with an argument',
  subgraphs: {
    tours: {
      sdl: `
        type Query { tours: [Tour!]! }
        type Tour @key(fields: "id") { id: ID! length(unit: String!): Int rest: Rest legs(first: Int!): [Leg!] }
        type Rest { minutes(pace: Int! = 1): Int }
        type Leg { name: String! end(upper: Boolean!): String! }
      `,
      resolvers: {
        Query: { tours: () => tours },
        Tour: {
          ...among(tours, 'id'),
          length: ({ km }: { km: number }, { unit }: { unit: string }) => km * (PER_UNIT[unit] ?? Number.NaN),
          rest: ({ km }: { km: number }) => ({ km }),
          legs: ({ legs }: { legs: string[] }, { first }: { first: number }) =>
            legs.slice(0, first).map((name) => ({ name })),
        },
        Rest: { minutes: ({ km }: { km: number }, { pace }: { pace: number }) => km * pace },
        Leg: {
          end: ({ name }: { name: string }, { upper }: { upper: boolean }) => (upper ? name.toUpperCase() : name),
        },
      },
    },
    guide: {
      sdl: `
        type Tour @key(fields: "id") {
          id: ID!
          length(unit: String!): Int @external
          rest: Rest @external
          legs(first: Int!): [Leg!] @external
          steps: Int @requires(fields: "length(unit: \\"M\\")")
          hours: Int @requires(fields: "length(unit: \\"KM\\")")
          tired: Boolean @requires(fields: "rest { minutes(pace: 3) }")
          outline: String @requires(fields: "legs(first: 2) { name end(upper: true) }")
        }
        type Rest @external { minutes(pace: Int! = 1): Int }
        type Leg @external { name: String! end(upper: Boolean!): String! }
      `,
      resolvers: {
        Tour: {
          steps: ({ length }: { length: number }) => length * 2,
          hours: ({ length }: { length: number }) => Math.ceil(length / 5),
          tired: ({ rest }: { rest: { minutes: number } }) => rest.minutes > 50,
          outline: ({ legs }: { legs: { name: string; end: string }[] }) =>
            legs.map(({ name, end }) => `${name}-${end}`).join(' '),
        },
      },
    },
  },
  cases: [
    {
      name: 'beside the same field with another argument',
      query: '{ tours { length(unit: "KM") steps } }',
      data: {
        tours: [
          { length: 10, steps: 20_000 },
          { length: 25, steps: 50_000 },
        ],
      },
    },
    {
      name: 'twice, with different arguments',
      query: '{ tours { steps hours } }',
      data: {
        tours: [
          { steps: 20_000, hours: 2 },
          { steps: 50_000, hours: 5 },
        ],
      },
    },
    {
      name: 'twice, and the field itself under several names',
      query: '{ tours { m: length(unit: "M") hours length(unit: "KM") steps } }',
      data: {
        tours: [
          { m: 10_000, hours: 2, length: 10, steps: 20_000 },
          { m: 25_000, hours: 5, length: 25, steps: 50_000 },
        ],
      },
    },
    {
      name: 'beside the same field with a variable',
      query: 'query ($unit: String = "M") { tours { length(unit: $unit) hours } }',
      data: {
        tours: [
          { length: 10_000, hours: 2 },
          { length: 25_000, hours: 5 },
        ],
      },
    },
    {
      name: 'that agrees with the client',
      query: 'query ($unit: String!) { tours { length(unit: $unit) steps } }',
      variables: { unit: 'M' },
      data: {
        tours: [
          { length: 10_000, steps: 20_000 },
          { length: 25_000, steps: 50_000 },
        ],
      },
    },
    {
      name: 'of a nested field',
      query: '{ tours { rest { minutes } tired } }',
      data: {
        tours: [
          { rest: { minutes: 10 }, tired: false },
          { rest: { minutes: 25 }, tired: true },
        ],
      },
    },
    {
      name: 'of a list that the client cuts elsewhere',
      query: '{ tours { legs(first: 1) { name } outline } }',
      data: {
        tours: [
          { legs: [{ name: 'a' }], outline: 'a-A b-B' },
          { legs: [{ name: 'd' }], outline: 'd-D e-E' },
        ],
      },
    },
    {
      name: 'of a list, by a variable in two fragments',
      query: `
        query ($first: Int = 1) { tours { outline ...Some ...More } }
        fragment Some on Tour { legs(first: $first) { end(upper: false) } }
        fragment More on Tour { legs(first: $first) { name } }
      `,
      data: {
        tours: [
          { outline: 'a-A b-B', legs: [{ end: 'a', name: 'a' }] },
          { outline: 'd-D e-E', legs: [{ end: 'd', name: 'd' }] },
        ],
      },
    },
    {
      name: 'under a conflicting argument below it',
      query: '{ tours { legs(first: 2) { end(upper: false) } outline } }',
      data: {
        tours: [
          { legs: [{ end: 'a' }, { end: 'b' }], outline: 'a-A b-B' },
          { legs: [{ end: 'd' }, { end: 'e' }], outline: 'd-D e-E' },
        ],
      },
    },
    {
      name: 'when the name is taken by an alias of another field',
      query: '{ tours { length: id legs: length(unit: "KM") steps outline } }',
      data: {
        tours: [
          { length: 't1', legs: 10, steps: 20_000, outline: 'a-A b-B' },
          { length: 't2', legs: 25, steps: 50_000, outline: 'd-D e-E' },
        ],
      },
    },
  ],
};
