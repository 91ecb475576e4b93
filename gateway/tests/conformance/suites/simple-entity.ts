import { among } from '../../support/federation.ts';
import type { Suite } from '../suite.ts';

const members = [
  { card: 'c-1', mail: 'ida@lib.example', ward: 'North' },
  { card: 'c-2', mail: 'olaf@lib.example', ward: 'South' },
  { card: 'c-3', mail: 'zoë@lib.example', ward: 'Œst \u{1F408}' },
];
const debts = [
  { mail: 'ida@lib.example', owes: 120, warned: false },
  { mail: 'olaf@lib.example', owes: 0, warned: false },
  { mail: 'zoë@lib.example', owes: 3, warned: false },
];

/** A key that the client did not ask for; a subgraph whose key field is external. */
export const simpleEntity: Suite = {
  name: 'an entity of two subgraphs',
  subgraphs: {
    desk: {
      sdl: `
        type Query { member(card: ID!): Member members: [Member!]! }
        type Member @key(fields: "card") { card: ID! mail: String! ward: String }
      `,
      resolvers: {
        Query: {
          members: () => members,
          member: (_source, { card }: { card: string }) => members.find((member) => member.card === card) ?? null,
        },
        Member: among(members, 'card'),
      },
    },
    purse: {
      sdl: 'type Member @key(fields: "mail") { mail: String! @external owes: Int! warned: Boolean }',
      resolvers: { Member: among(debts, 'mail') },
    },
  },
  cases: [
    {
      name: 'a key that was not asked for is fetched, and not shown',
      query: '{ member(card: "c-1") { owes } }',
      data: { member: { owes: 120 } },
      asks: { desk: 1, purse: 1 },
    },
    {
      name: 'text beyond ASCII is the same text, in keys too',
      query: '{ member(card: "c-3") { mail ward owes } }',
      data: { member: { mail: 'zoë@lib.example', ward: 'Œst \u{1F408}', owes: 3 } },
      asks: { desk: 1, purse: 1 },
    },
    {
      name: 'a list is completed with one request',
      query: '{ members { card owes } }',
      data: {
        members: [
          { card: 'c-1', owes: 120 },
          { card: 'c-2', owes: 0 },
          { card: 'c-3', owes: 3 },
        ],
      },
      asks: { desk: 1, purse: 1 },
    },
    {
      name: 'fields of one subgraph need no other',
      query: '{ members { ward } }',
      data: { members: [{ ward: 'North' }, { ward: 'South' }, { ward: 'Œst \u{1F408}' }] },
      asks: { desk: 1 },
    },
    {
      name: 'an absent entity is not completed',
      query: '{ member(card: "c-9") { card owes } }',
      data: { member: null },
      asks: { desk: 1 },
    },
    {
      name: 'one entity under two aliases, with different fields each',
      query: '{ a: member(card: "c-2") { owes } b: member(card: "c-2") { warned mail } }',
      data: { a: { owes: 0 }, b: { warned: false, mail: 'olaf@lib.example' } },
    },
    {
      name: 'order of fields follows the query',
      query: '{ members { warned ward owes card } }',
      data: {
        members: [
          { warned: false, ward: 'North', owes: 120, card: 'c-1' },
          { warned: false, ward: 'South', owes: 0, card: 'c-2' },
          { warned: false, ward: 'Œst \u{1F408}', owes: 3, card: 'c-3' },
        ],
      },
    },
  ],
};
