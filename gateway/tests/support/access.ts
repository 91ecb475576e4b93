import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import type { FederationDefinition } from './federation.ts';

/** A graph of which not everyone may see everything; `@authenticated` has another name in it. */
export const MEMBERS = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
    "@key", "@shareable", { name: "@authenticated", as: "@signedIn" }, "@requiresScopes", "@policy"
  ])
  type Query {
    me: Member @signedIn
    members: [Member!]!
    posts: [Post!]!
    found: [Found!]!
    secrets: [Secret!]!
    plans: [Plan!]
    title: String
    member(id: ID!): Member
    audit: Audit
  }
  type Mutation { rename(id: ID!, name: String!): Member @requiresScopes(scopes: [["members:write", "members:read"], ["admin"]]) }
  type Subscription { joined: Member @signedIn }
  type Member @key(fields: "id") {
    id: ID!
    name: String!
    email: String @requiresScopes(scopes: [["members:email"]])
    phone: String! @signedIn
    badge: Badge
    level: Level
    friends: [Member!]
    card: String @policy(policies: [["billing"]])
  }
  scalar Badge @requiresScopes(scopes: [["badges"]])
  enum Level @policy(policies: [["levels"]]) { LOW HIGH }
  interface Post { id: ID! title: String author: Member }
  type PublicPost implements Post { id: ID! title: String author: Member }
  type PrivatePost implements Post @signedIn { id: ID! title: String author: Member note: String }
  union Found = Member | PrivatePost | Audit
  interface Secret { id: ID! }
  type Diary implements Secret @signedIn { id: ID! text: String }
  type Letter implements Secret @requiresScopes(scopes: [["letters"]]) { id: ID! text: String }
  interface Plan { id: ID! price: Int }
  type Basic implements Plan { id: ID! price: Int }
  type Custom implements Plan { id: ID! price: Int @requiresScopes(scopes: [["prices"]]) }
  type Audit @requiresScopes(scopes: [["admin"]]) { log: String }
`;
/** A second subgraph, which needs a key that the first one protects. */
export const TALLIES = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
    "@key", { name: "@authenticated", as: "@signedIn" }
  ])
  type Query { tallied: Tallied }
  type Member @key(fields: "id") { id: ID! posts: Int }
  type Tallied @key(fields: "id") { id: ID! @signedIn count: Int }
`;
/** A third one: the same entity by the same protected key. */
export const LABELS = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
    "@key", { name: "@authenticated", as: "@signedIn" }
  ])
  type Query { labels: Int }
  type Tallied @key(fields: "id") { id: ID! @signedIn label: String }
`;

/** The supergraph of the three. */
export function composeMembers(): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries({ members: MEMBERS, tallies: TALLIES, labels: LABELS }).map(([name, sdl]) => ({
      name,
      url: `http://${name}.invalid/graphql`,
      typeDefs: parse(sdl),
    })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

const member = (id: string) => ({
  id,
  name: `Member ${id}`,
  email: `${id}@example.com`,
  phone: `555-${id}`,
  badge: `badge ${id}`,
  level: 'HIGH',
  card: `card ${id}`,
  friends: () => [member('9')],
});
const publicPost = { __typename: 'PublicPost', id: 'p1', title: 'Open', author: () => member('1') };
const privatePost = {
  __typename: 'PrivatePost',
  id: 'p2',
  title: 'Closed',
  note: 'a secret',
  author: () => member('2'),
};
const references = (fields: object) => ({ __resolveReference: (reference: object) => ({ ...reference, ...fields }) });

/** The three subgraphs, served. */
export const MEMBERS_FEDERATION: FederationDefinition = {
  members: {
    sdl: MEMBERS,
    version: 1,
    resolvers: {
      Query: {
        me: () => member('1'),
        members: () => [member('1'), member('2')],
        posts: () => [publicPost, privatePost],
        found: () => [{ __typename: 'Member', ...member('1') }, privatePost],
        secrets: () => [{ __typename: 'Diary', id: 'd1', text: 'Dear diary' }],
        plans: () => [
          { __typename: 'Basic', id: 'b', price: 1 },
          { __typename: 'Custom', id: 'c', price: 2 },
        ],
        title: () => 'The club',
        member: (_source, { id }: { id: string }) => member(id),
        audit: () => ({ log: 'all of it' }),
      },
      Mutation: { rename: (_source, { id, name }: { id: string; name: string }) => ({ ...member(id), name }) },
      Member: references(member('1')),
    },
  },
  tallies: {
    sdl: TALLIES,
    version: 1,
    resolvers: {
      Query: { tallied: () => ({ id: 'the protected key', count: 3 }) },
      Member: references({ posts: 7 }),
      Tallied: references({ count: 3 }),
    },
  },
  labels: {
    sdl: LABELS,
    version: 1,
    resolvers: { Query: { labels: () => 1 }, Tallied: references({ label: 'gold' }) },
  },
};
