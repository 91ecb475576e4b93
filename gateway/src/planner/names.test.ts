import { describe, expect, test } from '@jest/globals';
import { parse, print } from 'graphql';
import { clientPath, Names } from './names.ts';

const names = new Names(
  parse(`
    type Book @join__type(graph: A, key: "id owner { mail }") {
      id: ID!
      price(in: String): Int @join__field(graph: A)
      tax: Int @join__field(graph: B, requires: "price(in: \\"EUR\\")")
    }
  `),
);
const plannable = (text: string) => print(names.plannable(parse(text))).replaceAll(/\s+/g, ' ');

describe('names for a planner', () => {
  test.each([
    ['what no plan needs stays as it is', '{ book { title name: title id owner { mail } } }', undefined],
    [
      'an alias that is the name of a key',
      '{ book { id: title mail: id } }',
      '{ book { _client_id: title _client_mail: id } }',
    ],
    ['a field that is needed with arguments', '{ book { price } }', '{ book { _client_price: price } }'],
    ['a name that looks like one of these', '{ book { _client_id: id } }', '{ book { _client__client_id: id } }'],
    ['type names', '{ book { id: __typename } }', '{ book { __typename } }'],
    [
      'the variable that plans use',
      'query ($representations: Int) { book(nr: $representations) { id } }',
      'query ($_client_representations: Int) { book(nr: $_client_representations) { id } }',
    ],
    [
      'fragments are in the order of their types',
      '{ one { ...Z a ... on A { b } } } fragment Z on Z { ... on B { c } ... { d } ... on A { e } }',
      '{ one { ... on A { b } a ...Z } } fragment Z on Z { ... on B { c } ... { d } ... on A { e } }',
    ],
  ])('%s', (_name, text, expected = text) => expect(plannable(text)).toBe(expected));

  test('the client gets its own names back in paths', () => {
    const path = ['books', 0, 'title'];
    expect(clientPath(path)).toBe(path);
    expect(clientPath(['books', 0, '_client_id', '_client__client_id'])).toEqual(['books', 0, 'id', '_client_id']);
  });
});
