import { expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { noIntrospection } from './no-introspection.ts';
import { withoutSuggestion } from './suggestions.ts';

const schema = buildSchema('type Query { password: String find(kind: Kind): Query } enum Kind { SECRET }');

test('the schema cannot be asked for, not even in a fragment; type names can', () => {
  const codes = (query: string) => validate(schema, parse(query), [noIntrospection]).map((e) => e.extensions.code);
  expect(codes('{ __schema { types { name } } }')).toEqual(['INTROSPECTION_DISABLED']);
  expect(codes('{ ...a } fragment a on Query { x: __type(name: "Query") { name } }')).toEqual([
    'INTROSPECTION_DISABLED',
  ]);
  expect(codes('{ __typename password }')).toEqual([]);
});

test.each([
  ['{ pasword }', 'Cannot query field "pasword" on type "Query".'],
  ['{ find(kid: SECRET) { password } }', 'Unknown argument "kid" on field "Query.find".'],
  ['{ find(kind: SECRETS) { password } }', 'Value "SECRETS" does not exist in "Kind" enum.'],
  ['fragment a on Qery { password } { ...a }', 'Unknown type "Qery".'],
  ['{ nothing }', 'Cannot query field "nothing" on type "Query".'],
])('%s: no name is proposed', (query, message) => {
  const messages = validate(schema, parse(query)).map((error) => withoutSuggestion(error.message));
  expect(messages).toContain(message);
});

test('what a client wrote itself stays', () => {
  expect(withoutSuggestion('Enum "E" cannot represent " Did you mean it" here.')).toBe(
    'Enum "E" cannot represent " Did you mean it" here.',
  );
});
