import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, execute, getOperationAST, parse } from 'graphql';
import { compileShape } from './compile-shape.ts';

const schema = buildSchema(`
  type Query { animal: Animal animals: [Animal!] required: Animal! grid: [[Int!]] home: Home! }
  interface Animal { id: ID! name: String! friend: Animal sizes: [Int!]! mood: Mood }
  type Cat implements Animal { id: ID! name: String! friend: Animal sizes: [Int!]! mood: Mood lives: Int! }
  type Dog implements Animal { id: ID! name: String! friend: Animal sizes: [Int!]! mood: Mood tricks: [String] }
  type Home { keeper: Animal! rooms: [Room!]! }
  union Room = Cat | Dog
  enum Mood { CALM WILD }
`);

const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 6 });
const { animal } = fc.letrec<{ animal: Record<string, unknown> | null }>((tie) => ({
  animal: fc.option(
    fc.record({
      __typename: fc.constantFrom('Cat', 'Dog'),
      id: fc.string(),
      name: nullable(fc.string({ unit: 'grapheme' })),
      friend: fc.oneof({ depthSize: 'small' }, fc.constant(null), tie('animal')),
      sizes: nullable(fc.array(nullable(fc.integer()), { maxLength: 3 })),
      mood: nullable(fc.constantFrom('CALM', 'WILD')),
      lives: nullable(fc.nat(9)),
      tricks: nullable(fc.array(nullable(fc.string()), { maxLength: 3 })),
    }),
    { nil: null, freq: 8 },
  ),
}));
const data = fc.record({
  animal,
  animals: nullable(fc.array(animal, { maxLength: 3 })),
  required: animal,
  grid: nullable(fc.array(nullable(fc.array(nullable(fc.integer()), { maxLength: 3 })), { maxLength: 3 })),
  home: nullable(fc.record({ keeper: animal, rooms: nullable(fc.array(animal, { maxLength: 3 })) })),
});

const DOCUMENT = parse(`query ($cats: Boolean!, $plain: Boolean!) {
  first: animal { ...Parts friend { ...Parts friend { id } } }
  animals { __typename ...Parts ... on Animal { friend { name } } }
  required @include(if: $plain) { id }
  grid
  bare: animal { ... on Dog { id } }
  home @skip(if: $plain) { keeper { name ... on Dog { tricks } } rooms { kind: __typename ... on Cat { id lives } } }
}
fragment Parts on Animal {
  id label: name sizes mood
  ... on Cat @include(if: $cats) { lives friend { mood } }
  ... on Dog { tricks friend { sizes } }
}`);
const DEFINITION = getOperationAST(DOCUMENT);

/** What graphql-js makes of the same data; aliases are of fields whose data stands under the field's own name. */
function reference(rootValue: object, variableValues: Record<string, boolean>) {
  const result = execute({ schema, document: DOCUMENT, rootValue, variableValues });
  if (result instanceof Promise) throw new Error('not expected to wait');
  return result;
}

/** Data as subgraphs give it: under the names that the client gave. */
function aliased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(aliased);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, aliased(inner)]));
  return {
    ...copy,
    ...('name' in copy && { label: copy.name }),
    ...('animal' in copy && { first: copy.animal, bare: copy.animal }),
  };
}

describe('the shape of an answer', () => {
  test('is that which graphql-js gives the same data, and nulls that may not be have the same places', () => {
    if (!DEFINITION) throw new Error('expected an operation');
    fc.assert(
      fc.property(data, fc.boolean(), fc.boolean(), (root, cats, plain) => {
        const variables = { cats, plain };
        const expected = reference(root, variables);
        const shape = compileShape(schema, DOCUMENT, DEFINITION, variables);
        const known = aliased(root) as Record<string, unknown>;
        const { text, nulled } = shape.write(known, !JSON.stringify(known).includes('\\'));
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(expected.data)));
        expect(nulled).toBe(expected.errors !== undefined);

        const places: string[] = [];
        shape.findNulls(known, (path) => places.push(path.join('.')));
        // graphql-js gives up on an object at its first such null; all of them are reported here.
        for (const { path } of expected.errors ?? []) expect(places).toContain(path?.join('.'));
        if (!expected.errors) expect(places).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('has the order of the client, and the same text for every writing', () => {
    const document = parse('{ animal { name id __typename } }');
    const definition = getOperationAST(document);
    if (!definition) throw new Error('expected an operation');
    const shape = compileShape(schema, document, definition, {});
    const root = { animal: { id: '1', extra: true, name: 'a "b"\n\u{1F408}', __typename: 'Cat' } };
    const text = '{"animal":{"name":"a \\"b\\"\\n\u{1F408}","id":"1","__typename":"Cat"}}';
    expect([shape.write(root, false), shape.write(root, false)]).toEqual(Array(2).fill({ text, nulled: false }));
  });

  test('hides objects of types and values of enums that clients do not know', () => {
    const document = parse('{ animals { id } animal { id mood } }');
    const definition = getOperationAST(document);
    if (!definition) throw new Error('expected an operation');
    const shape = compileShape(schema, document, definition, {});
    const hidden = { __typename: 'Secret', id: '1' };
    const cat = { __typename: 'Cat', id: '1', mood: 'SECRET' };
    expect(shape.write({ animal: cat, animals: [cat] }, true).text).toBe(
      '{"animals":[{"id":"1"}],"animal":{"id":"1","mood":null}}',
    );
    expect(shape.write({ animal: hidden, animals: [hidden] }, true).text).toBe('{"animals":null,"animal":null}');
  });
});
