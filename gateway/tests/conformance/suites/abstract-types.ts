import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const works = [
  { __typename: 'Opera', id: 'o1', title: 'Fjord', box: { width: 2, weight: 1.5 }, alike: ['o2'] },
  { __typename: 'Ballet', id: 'l1', title: 'Snow', box: { width: 1, weight: 0.5 }, alike: [] },
  { __typename: 'Opera', id: 'o2', title: 'Harbour', box: { width: 3, weight: 2 }, alike: ['o1'] },
];
const hosts = [
  { __typename: 'House', id: 'h1' },
  { __typename: 'Own', mail: 'own@stage.example' },
];
const rows = works.map(({ __typename, id, box, alike }, index) => ({
  __typename,
  id,
  box,
  host: hosts[index],
  maker: { mail: 'm@stage.example', made: 3 },
  alike: alike.map((other) => ({ __typename, id: other, box })),
}));
const titles = (type: string) => works.filter(({ __typename }) => __typename === type);

const ship = {
  ship: ({ box, id }: { box: { width: number; weight: number }; id: string }, { to = '?' }: { to?: string }) =>
    `${id} to ${to}: ${box.width} x ${box.weight}`,
};
const count = {
  reviews: ({ id }: { id: string }) => [{ nr: 1, work: { __typename: id.startsWith('o') ? 'Opera' : 'Ballet', id } }],
  alikeReviews: ({ alike }: { alike: { id: string }[] }) => alike.map(({ id }) => `about ${id}`),
};

const TYPES = ['Opera', 'Ballet'];
const each = (sdl: (type: string) => string) => TYPES.map(sdl).join('\n');

/** An interface whose types get their fields from five subgraphs, with requirements per type. */
export const abstractTypes: Suite = {
  name: 'abstract types',
  subgraphs: {
    works: {
      sdl: `
        type Query { works: [Work] alike(id: ID!): [Work] }
        interface Work { id: ID! box: Box maker: Maker hidden: Boolean @inaccessible }
        interface Alike { alike: [Work] }
        ${each(
          (type) => `type ${type} implements Work & Alike @key(fields: "id") {
          id: ID! box: Box @shareable maker: Maker hidden: Boolean alike: [${type}] host: Host
        }`,
        )}
        type Box @shareable { width: Int weight: Float }
        union Host = House | Own
        type House { id: ID! @shareable }
        type Own { mail: String }
        type Maker @key(fields: "mail") { mail: ID! made: Int @shareable }
      `,
      resolvers: {
        Query: {
          works: () => rows,
          alike: (_source, { id }: { id: string }) => rows.find((row) => row.id === id)?.alike,
        },
        Opera: among(rows, 'id'),
        Ballet: among(rows, 'id'),
      },
    },
    transport: {
      sdl: `
        interface Work { id: ID! box: Box ship(to: String): String }
        ${each(
          (type) => `type ${type} implements Work @key(fields: "id") {
          id: ID! box: Box @external ship(to: String): String @requires(fields: "box { width weight }")
        }`,
        )}
        type Box @shareable { width: Int weight: Float }
      `,
      resolvers: { Opera: ship, Ballet: ship },
    },
    critics: {
      sdl: `
        type Query { review: Review }
        interface Work { id: ID! reviews: [Review!]! }
        interface Alike { alike: [Work] }
        ${each(
          (type) => `type ${type} implements Work & Alike @key(fields: "id") {
          id: ID! reviews: [Review!]! alike: [${type}] @external alikeReviews: [String!]! @requires(fields: "alike { id }")
        }`,
        )}
        type Review { nr: Int! work: Work }
      `,
      resolvers: {
        Query: { review: () => ({ nr: 9, work: { __typename: 'Ballet', id: 'l1' } }) },
        Opera: count,
        Ballet: count,
      },
    },
    operas: {
      sdl: 'type Query { operas: [Opera] } type Opera @key(fields: "id") { id: ID! title: String }',
      resolvers: { Query: { operas: () => titles('Opera') }, Opera: among(works, 'id') },
    },
    ballets: {
      sdl: 'type Ballet @key(fields: "id") { id: ID! title: String }',
      resolvers: { Ballet: among(works, 'id') },
    },
    houses: {
      sdl: `
        type House @key(fields: "id") { id: ID! seats: Int mail: Mail }
        type Mail { address: String }
        type Maker @key(fields: "mail") { mail: ID! name: String made: Int @shareable }
        extend union Host = House
      `,
      resolvers: {
        House: { seats: () => 800, mail: () => ({ address: 'h1@stage.example' }) },
        Maker: { name: () => 'Vig', made: () => 3 },
      },
    },
  },
  cases: [
    {
      name: 'fields of the interface',
      query: '{ works { id box { width weight } } }',
      data: { works: works.map(({ id, box }) => ({ id, box })) },
      asks: { works: 1 },
    },
    {
      name: 'a field that the types require, under two names with other arguments',
      query: '{ a: alike(id: "o1") { id ship(to: "Oslo") } b: alike(id: "o2") { ship } }',
      data: { a: [{ id: 'o2', ship: 'o2 to Oslo: 2 x 1.5' }], b: [{ ship: 'o1 to ?: 3 x 2' }] },
    },
    {
      name: 'fields of types, from a subgraph each',
      query: '{ works { __typename ... on Opera { title } ... on Ballet { title box { width } } } }',
      data: {
        works: [
          { __typename: 'Opera', title: 'Fjord' },
          { __typename: 'Ballet', title: 'Snow', box: { width: 1 } },
          { __typename: 'Opera', title: 'Harbour' },
        ],
      },
    },
    {
      name: 'an interface that requires its own list',
      query: '{ works { ... on Alike { alike { id } } ... on Opera { alikeReviews } } }',
      data: {
        works: [
          { alike: [{ id: 'o2' }], alikeReviews: ['about o2'] },
          { alike: [] },
          { alike: [{ id: 'o1' }], alikeReviews: ['about o1'] },
        ],
      },
    },
    {
      name: 'a union of an entity and a value; fields of one name and two types',
      query: `{ operas { host { ... on House { id seats contact: mail { address } } ... on Own { mail } } } works {
        ... on Ballet { host { ... on Own { mail } ... on House { id } } }
      } }`,
      data: {
        operas: [{ host: { id: 'h1', seats: 800, contact: { address: 'h1@stage.example' } } }, { host: null }],
        works: [{}, { host: { mail: 'own@stage.example' } }, {}],
      },
    },
    {
      name: 'back and forth between interfaces',
      query: '{ works { reviews { work { __typename reviews { nr } maker { name made } } } } }',
      data: {
        works: works.map(({ __typename }) => ({
          reviews: [{ work: { __typename, reviews: [{ nr: 1 }], maker: { name: 'Vig', made: 3 } } }],
        })),
      },
    },
    {
      name: 'from a subgraph that knows the interface without the field',
      query: '{ review { nr work { id ship box { weight } ... on Ballet { title } ... on Opera { id } } } }',
      data: { review: { nr: 9, work: { id: 'l1', ship: 'l1 to ?: 1 x 0.5', box: { weight: 0.5 }, title: 'Snow' } } },
    },
    { name: 'a hidden field of the interface', query: '{ works { hidden } }' },
  ],
};
