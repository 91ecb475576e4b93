import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GraphQLError, getOperationAST, parse, validate } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { LIBRARY } from '../../tests/support/prices.ts';
import { buildApiSchema } from '../schema/api-schema.ts';
import { compileCost } from './compile-cost.ts';
import { readCostRules } from './cost-rules.ts';

/** Composition knows less of `@listSize` than routers do, so the supergraph is written here. */
const supergraph = parse(`
  schema @link(url: "https://specs.apollo.dev/cost/v0.1", import: [{ name: "@cost", as: "@price" }, "@listSize"]) {
    query: Query
    mutation: Mutation
  }
  ${LIBRARY.slice(LIBRARY.indexOf('type Query'))
    .replace('sizedFields: ["edges"]', 'sizedFields: ["edges", "page { items }"]')
    .replace(
      'item: Item',
      `item: Item
       byIds(ids: [ID!]!): [Book] @listSize(slicingArguments: ["ids"])
       search(input: Search!): [Book] @listSize(slicingArguments: ["input.paging.first"])`,
    )}
  input Search { paging: Paging text: String }
  input Paging { first: Int = 4 }
`);
const schema = buildApiSchema(supergraph);
const settings = { rules: readCostRules(supergraph), schema, listSize: 10 };

function costOf(query: string, given: Record<string, unknown> = {}, using = settings): number {
  const document = parse(query);
  expect(validate(using.schema, document)).toEqual([]);
  const definition = getOperationAST(document);
  if (!definition) throw new Error('expected an operation');
  const { coerced, errors } = getVariableValues(using.schema, definition.variableDefinitions ?? [], given);
  if (!coerced) throw errors[0];
  return compileCost(using, document, definition)(coerced);
}

const BOOK = '{ title author { name } publisher { name address { zipCode } } }';

describe("as Apollo's router documents it", () => {
  test.each([
    ['an object costs 1, a leaf nothing, and weights go over that', `{ book(id: 1) ${BOOK} }`, 8],
    ['an assumed size', `{ bestsellers ${BOOK} }`, 40],
    ['a slicing argument', `{ newest(limit: 3) ${BOOK} }`, 24],
    ['another one', `{ newest(limit: 7) ${BOOK} }`, 56],
    ['a list of which nothing is known', '{ shelf { title } }', 10],
    ['a mutation', 'mutation { lend(id: 1) { title } }', 11],
    ['a path to a slicing argument', '{ search(input: { paging: { first: 10 } }) { title } }', 12],
  ])('%s', (_name, query, cost) => expect(costOf(query)).toBe(cost));
});

describe('lists', () => {
  test.each([
    ['by default', '{ page { title } }', 20],
    ['by the other argument', '{ page(last: 5) { title } }', 5],
    ['by the larger argument', '{ lenient(first: 5, last: 8) { title } }', 8],
    ['as assumed', '{ lenient { title } }', 3],
    ['by a list of ids', '{ byIds(ids: [1, 2, 3]) { title } }', 3],
    ['by the default of an input', '{ search(input: { paging: {} }) { title } }', 6],
    ['in one another', '{ bestsellers { author { books { title } } } }', 20],
    ['of lists count once', '{ shelves { title } }', 10],
    ['less than nothing is nothing', '{ newest(limit: -1000) { title } }', 0],
    ['below: those that are named', '{ connection(first: 3) { edges { title } recent { title } } }', 14],
    ['below: by a path', '{ connection(first: 3) { page { items { title } more { title } } } }', 15],
    ['below: in a fragment', '{ connection(first: 3) { ...f } } fragment f on Connection { edges { title } }', 4],
  ])('%s', (_name, query, cost) => expect(costOf(query)).toBe(cost));

  test.each([
    ['{ page(first: 1, last: 1) { title } }', {}],
    ['query($a: Int, $b: Int) { page(first: $a, last: $b) { title } }', { a: 1, b: 2 }],
  ])('%s: one slicing argument is demanded', (query, variables) => {
    expect(() => costOf(query, variables)).toThrow(GraphQLError);
    expect(() => costOf(query, variables)).toThrow('The field "page" needs exactly one of first, last, but got 2.');
  });
});

describe('variables', () => {
  test.each<[string, Record<string, unknown>, number]>([
    ['query($n: Int!) { newest(limit: $n) { title } }', { n: 6 }, 6],
    ['query($n: Int! = 4) { newest(limit: $n) { title } }', {}, 4],
    ['query($n: Int) { page(first: $n) { title } }', {}, 20],
    ['query($n: Int, $m: Int) { page(first: $n, last: $m) { title } }', { m: 3 }, 3],
    ['query($ids: [ID!]!) { byIds(ids: $ids) { title } }', { ids: ['a', 'b'] }, 2],
    ['query($in: Search!) { search(input: $in) { title } }', { in: { paging: { first: 9 } } }, 11],
    ['query($p: Paging) { search(input: { paging: $p }) { title } }', { p: { first: 9 } }, 11],
    ['query($n: Int!) { connection(first: $n) { edges { author { name } } } }', { n: 3 }, 7],
    ['query($on: Boolean!) { book @include(if: $on) { title } shelf @skip(if: $on) { title } }', { on: true }, 1],
    ['query($on: Boolean!) { book @include(if: $on) { title } shelf @skip(if: $on) { title } }', { on: false }, 10],
    ['query($n: Int!) { newest(limit: $n) { title } }', { n: -5 }, 0],
    ['query($f: Filter) { add(filter: $f) }', { f: { name: 'x', inner: { name: 'y' } } }, 8],
    ['query($at: [Int!]) { add(at: $at) }', { at: [1, 2, 3] }, 6],
  ])('%s with %j', (query, variables, cost) => expect(costOf(query, variables)).toBe(cost));
});

describe('weights and arguments', () => {
  test.each([
    ['of a field', '{ expensive }', 7],
    ['of an enum', '{ mood }', 4],
    ['of input objects and what is in them', '{ add(filter: { name: "x", inner: { name: "y" } }) }', 8],
    ['of an argument, for each item', '{ add(at: [1, 2]) }', 4],
    ['of nothing given', '{ add(filter: null) }', 0],
    ['of the schema', '{ __typename __schema { types { name } } }', 0],
    ['of what is skipped', '{ shelf @skip(if: true) { title } }', 0],
    [
      'of all types that an object may be of',
      '{ item { ... on Disc { publisher { name } } ... on Map { address { zipCode } } } }',
      7,
    ],
    [
      'once for what is asked twice',
      '{ book { ...a ...a author { name } } } fragment a on Book { author { name } }',
      2,
    ],
    ['for each alias', '{ a: book { title } b: book { title } }', 2],
  ])('%s', (_name, query, cost) => expect(costOf(query)).toBe(cost));

  test("IBM's directives without a link, with weights as text", () => {
    const plain = parse(`
      directive @cost(weight: String!) on FIELD_DEFINITION | OBJECT
      directive @listSize(assumedSize: Int) on FIELD_DEFINITION
      type Query { a: [A] @listSize(assumedSize: 4) b: Int @cost(weight: "2.5") } type A @cost(weight: "3") { b: Int }
    `);
    const using = { rules: readCostRules(plain), schema: buildApiSchema(plain), listSize: 10 };
    expect(costOf('{ a { b } b }', {}, using)).toBe(14.5);
  });

  test('what makes no sense counts for nothing, and is named', () => {
    const { faults } = readCostRules(
      parse(`
        directive @cost(weight: String!) on OBJECT
        directive @listSize(sizedFields: [String!]) on FIELD_DEFINITION
        type Query @cost(weight: "much") { a: Int b: [Int] @listSize(sizedFields: ["{"]) }
      `),
    );
    expect(faults).toEqual([
      'The weight of Query is not a number.',
      expect.stringContaining('The list size of Query.b cannot be read: Syntax Error'),
    ]);
  });
});

test('asking for more never costs less, and variables cost what their values do', () => {
  const field = fc.constantFrom(
    'book { title }',
    'shelf { author { name } }',
    'connection(first: 3) { edges { title } page { items { title } } }',
    'item { ... on Disc { author { name } } }',
    'expensive',
    'add(at: [1])',
  );
  fc.assert(
    fc.property(fc.array(field, { minLength: 1 }), field, fc.nat(1000), (fields, more, limit) => {
      const named = [...fields, more].map((text, index) => `a${index}: ${text}`);
      expect(costOf(`{ ${named.join(' ')} }`)).toBeGreaterThanOrEqual(costOf(`{ ${named.slice(0, -1).join(' ')} }`));
      const query = (value: string) => `{ newest(limit: ${value}) { author { name } } ${named.join(' ')} }`;
      expect(costOf(`query($n: Int!) ${query('$n')}`, { n: limit })).toBe(costOf(query(String(limit))));
    }),
  );
});
