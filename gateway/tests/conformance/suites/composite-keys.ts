import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const wagons = [
  { number: 7, depot: { city: 'Graz', track: 2 }, serial: 'W7' },
  { number: 8, depot: { city: 'Linz', track: 1 }, serial: 'W8' },
];
const trains = [{ code: 'EN 40', wagons: wagons.map(({ number, serial }) => ({ number, serial })) }];

/** Keys of several fields, of nested fields and of lists, which have to be gathered from one subgraph after another. */
export const compositeKeys: Suite = {
  name: 'composite keys',
  subgraphs: {
    timetable: {
      sdl: `
        type Query { train: Train! }
        type Train @key(fields: "wagons { number }") { wagons: [Wagon!]! }
        type Wagon @key(fields: "number") { number: Int! }
      `,
      resolvers: {
        Query: { train: () => ({ wagons: wagons.map(({ number }) => ({ number })) }) },
      },
    },
    registry: {
      sdl: `
        type Wagon @key(fields: "number") @key(fields: "number serial") {
          number: Int! serial: String! depot: Depot @shareable
        }
        type Depot @shareable { city: String! track: Int! }
      `,
      resolvers: { Wagon: among(wagons, 'number') },
    },
    formation: {
      sdl: `
        type Train @key(fields: "wagons { number serial }") { wagons: [Wagon!]! code: String! last: Wagon }
        type Wagon @key(fields: "number serial") { number: Int! serial: String! }
      `,
      resolvers: {
        Train: {
          __resolveReference: (reference: { wagons: { serial: string }[] }) => {
            const wanted = reference.wagons.map(({ serial }) => serial).join();
            const train = trains.find((candidate) => candidate.wagons.map(({ serial }) => serial).join() === wanted);
            return train && { ...train, last: train.wagons.at(-1) };
          },
        },
      },
    },
    workshop: {
      sdl: `
        type Wagon @key(fields: "number depot { city track }") { number: Int! depot: Depot inspected: String! }
        type Depot @shareable { city: String! track: Int! }
      `,
      resolvers: {
        Wagon: {
          __resolveReference: (reference: (typeof wagons)[number]) => ({
            ...reference,
            inspected: `${reference.number} at ${reference.depot.city}/${reference.depot.track}`,
          }),
        },
      },
    },
  },
  cases: [
    {
      name: 'a nested key comes from a third subgraph',
      query: '{ train { wagons { inspected } } }',
      data: { train: { wagons: [{ inspected: '7 at Graz/2' }, { inspected: '8 at Linz/1' }] } },
    },
    {
      name: 'a key that is a list of entities, themselves completed first',
      query: '{ train { code last { serial } } }',
      data: { train: { code: 'EN 40', last: { serial: 'W8' } } },
    },
    {
      name: 'everything at once',
      query: '{ train { wagons { serial depot { track } inspected } code last { number depot { city } } } }',
      data: {
        train: {
          wagons: [
            { serial: 'W7', depot: { track: 2 }, inspected: '7 at Graz/2' },
            { serial: 'W8', depot: { track: 1 }, inspected: '8 at Linz/1' },
          ],
          code: 'EN 40',
          last: { number: 8, depot: { city: 'Linz' } },
        },
      },
    },
  ],
};
