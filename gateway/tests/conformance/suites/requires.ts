import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const seats = [
  { no: '1A', row: 1, price: 90, taken: true },
  { no: '7F', row: 7, price: 40, taken: false },
];

/** `@requires` of several fields, of fields that require others, and of fields that clients cannot see. */
export const requires: Suite = {
  name: '@requires',
  subgraphs: {
    hall: {
      sdl: `
        type Query { seats: [Seat!]! seat(no: ID!): Seat }
        type Seat @key(fields: "no") { no: ID! row: Int! }
      `,
      resolvers: {
        Query: {
          seats: () => seats.map(({ no, row }) => ({ no, row })),
          seat: (_source, { no }: { no: string }) => ({ no, row: 1 }),
        },
        Seat: among(
          seats.map(({ no, row }) => ({ no, row })),
          'no',
        ),
      },
    },
    tariff: {
      sdl: 'type Seat @key(fields: "no") { no: ID! price: Int! @inaccessible taken: Boolean }',
      resolvers: { Seat: among(seats, 'no') },
    },
    advice: {
      sdl: `
        type Seat @key(fields: "no") {
          no: ID!
          price: Int! @external
          row: Int! @external
          taken: Boolean @external
          dear: Boolean! @requires(fields: "price")
          worth: Int! @requires(fields: "price row")
          free: Boolean! @requires(fields: "taken")
        }
      `,
      resolvers: {
        Seat: {
          dear: ({ price }: { price: number }) => price > 50,
          worth: ({ price, row }: { price: number; row: number }) => price * (10 - row),
          free: ({ taken }: { taken: boolean }) => !taken,
        },
      },
    },
    clerk: {
      sdl: `
        type Seat @key(fields: "no") {
          no: ID!
          dear: Boolean! @external
          worth: Int! @external
          free: Boolean! @external
          row: Int! @external
          slogan: String! @requires(fields: "dear free")
          rank: String! @requires(fields: "worth row")
        }
      `,
      resolvers: {
        Seat: {
          slogan: ({ dear, free }: { dear: boolean; free: boolean }) =>
            `${free ? 'free' : 'gone'}, ${dear ? 'dear' : 'cheap'}`,
          rank: ({ worth, row }: { worth: number; row: number }) => `${worth}/${row}`,
        },
      },
    },
  },
  cases: [
    {
      name: 'of a field that clients cannot see',
      query: '{ seats { dear } }',
      data: { seats: [{ dear: true }, { dear: false }] },
      asks: { hall: 1, tariff: 1, advice: 1 },
    },
    {
      name: 'which clients indeed cannot see',
      query: '{ seats { price } }',
    },
    {
      name: 'of fields of two subgraphs',
      query: '{ seats { worth } }',
      data: { seats: [{ worth: 810 }, { worth: 120 }] },
    },
    {
      name: 'of fields that require others',
      query: '{ seats { slogan } }',
      data: { seats: [{ slogan: 'gone, dear' }, { slogan: 'free, cheap' }] },
      asks: { hall: 1, tariff: 1, advice: 1, clerk: 1 },
    },
    {
      name: 'of fields that are asked for too, under other names',
      query: '{ seats { no rank value: worth isDear: dear row: no } }',
      data: {
        seats: [
          { no: '1A', rank: '810/1', value: 810, isDear: true, row: '1A' },
          { no: '7F', rank: '120/7', value: 120, isDear: false, row: '7F' },
        ],
      },
    },
    {
      name: 'under an alias that hides the required field',
      query: '{ seat(no: "7F") { free: dear dear: free slogan: no no: slogan } }',
      data: { seat: { free: false, dear: true, slogan: '7F', no: 'free, cheap' } },
    },
  ],
};
