import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const letter = { __typename: 'Letter', id: 'x1', subject: 'Rent', stamp: '1 kr' };
const parcel = { __typename: 'Parcel', id: 'x2', subject: 'Boots', grams: 900 };
const card = { __typename: 'Postcard', id: 'x3', subject: 'Sea', motif: 'waves' };

/** Subgraphs whose unions have different members: no subgraph is asked for what it does not know. */
export const unionIntersection: Suite = {
  name: 'a union of which each subgraph knows other members',
  subgraphs: {
    inland: {
      sdl: `
        type Query { newest: Mail @shareable inlandMail: [Mail!] letter: Letter @shareable box: Box @shareable }
        type Box { newest: BoxMail @shareable inland: BoxMail letter: Letter @shareable }
        union Mail = Letter | Parcel
        union BoxMail = Letter | Parcel
        type Letter @key(fields: "id") { id: ID! subject: String! @shareable stamp: String! }
        type Parcel @key(fields: "id") { id: ID! subject: String! @shareable grams: Int! }
      `,
      resolvers: {
        Query: {
          newest: () => letter,
          inlandMail: () => [parcel, letter],
          letter: () => letter,
          box: () => ({ newest: letter, inland: parcel, letter }),
        },
        Letter: among([letter], 'id'),
        Parcel: among([parcel], 'id'),
      },
    },
    abroad: {
      sdl: `
        type Query { newest: Mail @shareable abroadMail: [Mail!] letter: Mail @shareable box: Box @shareable }
        type Box { newest: BoxMail @shareable abroad: BoxMail letter: BoxMail @shareable }
        union Mail = Letter | Postcard
        union BoxMail = Letter | Postcard
        type Letter @key(fields: "id") { id: ID! subject: String! @shareable duty: Int! }
        type Postcard @key(fields: "id") { id: ID! subject: String! @shareable motif: String! }
      `,
      resolvers: {
        Query: {
          newest: () => letter,
          abroadMail: () => [card, letter],
          letter: () => letter,
          box: () => ({ newest: letter, abroad: card, letter }),
        },
        Letter: { __resolveReference: () => letter, duty: () => 12 },
        Postcard: among([card], 'id'),
      },
    },
  },
  cases: [
    {
      name: 'a member that only the other subgraph knows',
      query: '{ newest { ... on Parcel { subject } } }',
      data: { newest: {} },
    },
    {
      name: 'a shared member',
      query: '{ newest { ... on Letter { subject } } }',
      data: { newest: { subject: 'Rent' } },
    },
    {
      name: 'all members',
      query: '{ newest { __typename ... on Postcard { motif } ... on Letter { subject } ... on Parcel { grams } } }',
      data: { newest: { __typename: 'Letter', subject: 'Rent' } },
    },
    {
      name: 'a field of the shared member that only the other subgraph has',
      query: '{ inlandMail { ... on Letter { duty stamp } } abroadMail { ... on Letter { stamp duty } } }',
      data: { inlandMail: [{}, { duty: 12, stamp: '1 kr' }], abroadMail: [{}, { stamp: '1 kr', duty: 12 }] },
    },
    {
      name: 'members that cannot be there',
      query:
        '{ inlandMail { ... on Postcard { motif } __typename } abroadMail { ... on Parcel { grams } __typename } }',
      data: {
        inlandMail: [{ __typename: 'Parcel' }, { __typename: 'Letter' }],
        abroadMail: [{ __typename: 'Postcard' }, { __typename: 'Letter' }],
      },
    },
    {
      name: 'an object in one subgraph, a union in the other',
      query: '{ letter { __typename ... on Letter { subject stamp } ... on Postcard { motif } } }',
      data: { letter: { __typename: 'Letter', subject: 'Rent', stamp: '1 kr' } },
    },
    {
      name: 'below a shared object without key',
      query: `{ box {
        newest { ... on Letter { subject } ... on Parcel { subject } ... on Postcard { subject } }
        inland { __typename ... on Parcel { grams } }
        abroad { __typename ... on Postcard { motif } }
        letter { ... on Letter { subject } }
      } }`,
      data: {
        box: {
          newest: { subject: 'Rent' },
          inland: { __typename: 'Parcel', grams: 900 },
          abroad: { __typename: 'Postcard', motif: 'waves' },
          letter: { subject: 'Rent' },
        },
      },
    },
  ],
};
