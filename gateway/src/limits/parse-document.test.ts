import { expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { parseDocument } from './parse-document.ts';

function codeOf(text: string): unknown {
  try {
    parseDocument(text, 10_000);
    return undefined;
  } catch (error) {
    return error instanceof GraphQLError ? error.extensions.code : error;
  }
}

test('what is GraphQL is parsed', () => expect(parseDocument('{ a }', 10).definitions).toHaveLength(1));

test.each([
  ['a syntax error', '{ a', 'GRAPHQL_PARSE_FAILED'],
  ['an empty text', '', 'GRAPHQL_PARSE_FAILED'],
  ['too many tokens', `{ ${'a '.repeat(10_000)} }`, 'MAX_TOKENS_LIMIT'],
  ['fields below fields, by the thousand', '{a'.repeat(4_900), 'MAX_DEPTH_LIMIT'],
  ['lists within lists, by the thousand', `{ a(b: ${'['.repeat(9_900)}`, 'MAX_DEPTH_LIMIT'],
])('%s has a code', (_name, text, code) => expect(codeOf(text)).toBe(code));
