import type { Case, Suite } from '../suite.ts';

const kiln = { id: 'k1', heat: 900 };

const spread = (condition: string): Case['query'] => `
  query ($on: Boolean!, $off: Boolean! = false) {
    kiln { id ${condition} }
  }
  fragment Hot on Kiln { heat hot }
`;

/** `@include` and `@skip` on fields and fragments, before, at and behind a way to another subgraph. */
export const conditions: Suite = {
  name: '@include and @skip',
  subgraphs: {
    kilns: {
      sdl: `
        type Query { kiln: Kiln kilns: [Kiln!]! plain: String }
        type Kiln @key(fields: "id") { id: ID! heat: Int! }
      `,
      resolvers: { Query: { kiln: () => kiln, kilns: () => [kiln], plain: () => 'plain' }, Kiln: { heat: () => 900 } },
    },
    sensors: {
      sdl: `
        type Kiln @key(fields: "id") {
          id: ID! heat: Int! @external hot: Boolean! @requires(fields: "heat") door: Door
        }
        type Door @key(fields: "id") { id: ID! }
      `,
      resolvers: { Kiln: { hot: ({ heat }: { heat: number }) => heat > 500, door: () => ({ id: 'd1' }) } },
    },
    doors: {
      sdl: `
        type Kiln @key(fields: "id") { id: ID! hot: Boolean! @external stop: Boolean! @requires(fields: "hot") }
        type Door @key(fields: "id") { id: ID! open: Boolean! }
      `,
      resolvers: { Kiln: { stop: ({ hot }: { hot: boolean }) => hot }, Door: { open: () => false } },
    },
  },
  cases: [
    {
      name: 'of a required chain: nothing is asked that is not included',
      query: 'query ($on: Boolean = false) { kiln { heat stop @include(if: $on) } }',
      data: { kiln: { heat: 900 } },
      asks: { kilns: 1 },
    },
    {
      name: 'of a required chain: nothing is asked that is skipped',
      query: 'query ($off: Boolean = true) { kiln { heat stop @skip(if: $off) } }',
      data: { kiln: { heat: 900 } },
      asks: { kilns: 1 },
    },
    {
      name: 'of a required chain that is included',
      query: 'query ($on: Boolean = true) { kiln { heat stop @include(if: $on) } }',
      data: { kiln: { heat: 900, stop: true } },
      asks: { kilns: 1, sensors: 1, doors: 1 },
    },
    {
      name: 'of a required chain that is not skipped',
      query: 'query ($off: Boolean = false) { kiln { heat stop @skip(if: $off) } }',
      data: { kiln: { heat: 900, stop: true } },
    },
    {
      name: 'of root fields',
      query: 'query ($on: Boolean!) { kiln @include(if: $on) { id } plain @skip(if: $on) }',
      variables: { on: false },
      data: { plain: 'plain' },
    },
    {
      name: 'of all root fields',
      query: 'query ($on: Boolean!) { kiln @include(if: $on) { id } plain @include(if: $on) }',
      variables: { on: false },
      data: {},
    },
    {
      name: 'as constants',
      query: '{ kiln @skip(if: true) { id } plain @include(if: true) }',
      data: { plain: 'plain' },
    },
    {
      name: 'of fragments, around a hop',
      query: spread('...Hot @include(if: $on) ... @skip(if: $on) { heat } ... on Kiln @include(if: $off) { stop }'),
      variables: { on: true },
      data: { kiln: { id: 'k1', heat: 900, hot: true } },
    },
    {
      name: 'of fragments, around a hop, the other way',
      query: spread('...Hot @include(if: $on) ... @skip(if: $on) { heat } ... on Kiln @include(if: $off) { stop }'),
      variables: { on: false, off: true },
      data: { kiln: { id: 'k1', heat: 900, stop: true } },
    },
    {
      name: 'both at one field',
      query: 'query ($on: Boolean!, $off: Boolean!) { kiln { id hot @include(if: $on) @skip(if: $off) } }',
      variables: { on: true, off: true },
      data: { kiln: { id: 'k1' } },
    },
    {
      name: 'of the same field twice: one that is included is enough',
      query:
        'query ($on: Boolean!) { kiln { hot @include(if: $on) hot @skip(if: $on) door @include(if: $on) { id } } }',
      variables: { on: false },
      data: { kiln: { hot: true } },
    },
    {
      name: 'nested, with a hop at each level',
      query: `query ($a: Boolean!, $b: Boolean!) {
        kilns { door @include(if: $a) { id open @include(if: $b) } stop @skip(if: $b) }
      }`,
      variables: { a: true, b: true },
      data: { kilns: [{ door: { id: 'd1', open: false } }] },
    },
    {
      name: 'behind a hop, all off',
      query: 'query ($b: Boolean!) { kiln { id door @include(if: $b) { open } ... @include(if: $b) { stop hot } } }',
      variables: { b: false },
      data: { kiln: { id: 'k1' } },
      asks: { kilns: 1 },
    },
    {
      name: 'behind a hop, with nothing left',
      query: 'query ($b: Boolean!) { kiln { door { open @include(if: $b) } } }',
      variables: { b: false },
      data: { kiln: { door: {} } },
    },
    {
      name: 'of __typename',
      query: 'query ($b: Boolean!) { kiln { __typename @skip(if: $b) door { __typename @include(if: $b) } } }',
      variables: { b: true },
      data: { kiln: { door: { __typename: 'Door' } } },
    },
    { name: 'a condition without its variable', query: 'query ($on: Boolean!) { kiln { hot @include(if: $on) } }' },
  ],
};
