import type { Suite } from '../suite.ts';

/** Introspection is answered by the gateway, beside data of the subgraphs. */
export const introspection: Suite = {
  name: 'introspection',
  subgraphs: {
    inn: {
      sdl: `
        "A guest of the inn."
        type Guest @key(fields: "id") { id: ID! name(short: Boolean = true): String! @deprecated(reason: "Use id.") }
        type Query { guest: Guest }
      `,
      resolvers: { Query: { guest: () => ({ id: 'g1', name: 'Ulla' }) } },
    },
    bar: {
      sdl: 'type Guest @key(fields: "id") { id: ID! drinks: [Drink!]! } enum Drink { MILK TEA }',
      resolvers: { Guest: { drinks: () => ['TEA'] } },
    },
  },
  cases: [
    {
      name: 'alone it asks nobody',
      query: '{ __type(name: "Guest") { kind description fields { name } } nope: __type(name: "Nope") { name } }',
      data: {
        __type: { kind: 'OBJECT', description: 'A guest of the inn.', fields: [{ name: 'id' }, { name: 'drinks' }] },
        nope: null,
      },
      asks: {},
    },
    {
      name: 'beside data, under other names, in order',
      query: `{
        a: __typename guest { drinks } schema: __schema { queryType { n: name } mutationType { name } } b: __type(name: "Drink") {
          enumValues { name }
        }
      }`,
      data: {
        a: 'Query',
        guest: { drinks: ['TEA'] },
        schema: { queryType: { n: 'Query' }, mutationType: null },
        b: { enumValues: [{ name: 'MILK' }, { name: 'TEA' }] },
      },
      asks: { inn: 1, bar: 1 },
    },
    {
      name: 'with variables, conditions and fragments',
      query: `
        query ($type: String!, $old: Boolean = true, $on: Boolean!) {
          __type(name: $type) { ...Fields name @include(if: $on) }
          guest { id }
        }
        fragment Fields on __Type { fields(includeDeprecated: $old) { name isDeprecated args { name defaultValue } } }
      `,
      variables: { type: 'Guest', on: false },
      data: {
        __type: {
          fields: [
            { name: 'id', isDeprecated: false, args: [] },
            { name: 'drinks', isDeprecated: false, args: [] },
            { name: 'name', isDeprecated: true, args: [{ name: 'short', defaultValue: 'true' }] },
          ],
        },
        guest: { id: 'g1' },
      },
    },
    {
      name: 'inside a fragment on the root',
      query: '{ ...Root } fragment Root on Query { __type(name: "Query") { name } guest { id } }',
      data: { __type: { name: 'Query' }, guest: { id: 'g1' } },
    },
    { name: 'nothing of the machinery', query: '{ _service { sdl } }' },
    {
      name: 'none of its types',
      query:
        '{ __type(name: "_Entity") { name } any: __type(name: "_Any") { name } j: __type(name: "join__Graph") { name } }',
      data: { __type: null, any: null, j: null },
    },
  ],
};
