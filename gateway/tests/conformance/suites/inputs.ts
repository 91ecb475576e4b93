import type { Suite } from '../suite.ts';

type Range = { from: number; to?: number; tags?: string[] };

/** Arguments, variables and their defaults; input objects of which each subgraph knows other fields. */
export const inputs: Suite = {
  name: 'arguments, variables and input objects',
  subgraphs: {
    north: {
      sdl: `
        scalar Json
        input Range { from: Int! tags: [String!] = ["all"] }
        type Query { north(range: Range!): [String!]! echo(value: Json, list: [[Int!]!], big: Float = 1.5): Json ship: Ship! }
        type Ship @key(fields: "id") { id: ID! name(loud: Boolean! = false): String! }
      `,
      resolvers: {
        Query: {
          north: (_source, { range }: { range: Range }) => [JSON.stringify(range)],
          echo: (_source, args) => args,
          ship: () => ({ id: 's1' }),
        },
        Ship: { name: (_source, { loud }: { loud: boolean }) => (loud ? 'VEGA' : 'Vega') },
      },
    },
    south: {
      sdl: `
        scalar Json
        input Range { from: Int! to: Int tags: [String!] = ["all"] }
        type Query { south(range: Range!): [String!]! }
        type Ship @key(fields: "id") { id: ID! berth(near: Json, deep: Boolean): Json }
      `,
      resolvers: {
        Query: { south: (_source, { range }: { range: Range }) => [JSON.stringify(range)] },
        Ship: { berth: (_source, args) => ({ given: args }) },
      },
    },
  },
  cases: [
    {
      name: 'the fields that all subgraphs know',
      query: '{ north(range: { from: 1 }) south(range: { from: 2, tags: [] }) }',
      data: { north: ['{"from":1,"tags":["all"]}'], south: ['{"from":2,"tags":[]}'] },
    },
    { name: 'a field that one does not know, asked of it', query: '{ north(range: { from: 1, to: 2 }) }' },
    { name: 'a field that one does not know, asked of the other', query: '{ south(range: { from: 1, to: 2 }) }' },
    {
      name: 'input objects in variables',
      query: 'query ($range: Range!, $from: Int!) { south(range: $range) north(range: { from: $from }) }',
      variables: { range: { from: 5, tags: ['a"b'] }, from: 6 },
      data: { south: ['{"from":5,"tags":["a\\"b"]}'], north: ['{"from":6,"tags":["all"]}'] },
    },
    { name: 'a required variable that is missing', query: 'query ($from: Int!) { north(range: { from: $from }) }' },
    {
      name: 'a variable of the wrong type',
      query: 'query ($from: Int!) { north(range: { from: $from }) }',
      variables: { from: '6' },
    },
    {
      name: 'defaults of variables, after an entity hop as well',
      query: 'query ($loud: Boolean! = true, $deep: Boolean = false) { ship { name(loud: $loud) berth(deep: $deep) } }',
      data: { ship: { name: 'VEGA', berth: { given: { deep: false } } } },
    },
    {
      name: 'a variable that is not given is not sent; null is',
      query: 'query ($deep: Boolean, $near: Json) { ship { berth(deep: $deep, near: $near) } }',
      variables: { near: null },
      data: { ship: { berth: { given: { near: null } } } },
    },
    {
      name: 'a variable that is not used where it would travel',
      query: 'query ($a: Boolean!, $b: Json) { ship { name(loud: $a) berth(near: $b) } }',
      variables: { a: false, b: { deep: [1, { x: 'y' }] }, c: 'unknown' },
      data: { ship: { name: 'Vega', berth: { given: { near: { deep: [1, { x: 'y' }] } } } } },
    },
    {
      name: 'a scalar with objects, lists of lists, floats',
      query: `query ($in: Json, $n: Int!) {
        echo(value: { a: [1, 2.5, "x", true, null, { b: $in }] }, list: [[1, $n], []], big: 1e3)
      }`,
      variables: { in: { c: 'ä"\n' }, n: 4 },
      data: {
        echo: {
          value: { a: [1, 2.5, 'x', true, null, { b: { c: 'ä"\n' } }] },
          list: [[1, 4], []],
          big: 1000,
        },
      },
    },
    {
      name: 'one value where a list is wanted',
      query: 'query ($list: [[Int!]!]) { a: echo(list: 3) b: echo(list: $list) }',
      variables: { list: [[7]] },
      data: { a: { list: [[3]], big: 1.5 }, b: { list: [[7]], big: 1.5 } },
    },
    {
      name: 'the same field with different arguments, after an entity hop',
      query: '{ ship { a: berth(near: "x") b: berth(near: 2) name loud: name(loud: true) } }',
      data: { ship: { a: { given: { near: 'x' } }, b: { given: { near: 2 } }, name: 'Vega', loud: 'VEGA' } },
    },
  ],
};
