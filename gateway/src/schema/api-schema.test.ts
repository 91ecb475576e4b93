import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { buildSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';
import { buildApiSchema } from './api-schema.ts';
import { buildGeneration } from './generation.ts';

const read = (file: string) => readFileSync(new URL(`../../../schema/${file}`, import.meta.url), 'utf8');

test("what clients see of our own supergraph is what Apollo's composition says", () => {
  const seen = buildApiSchema(parse(read('supergraph.graphql')));
  expect(printSchema(lexicographicSortSchema(seen))).toBe(
    printSchema(lexicographicSortSchema(buildSchema(read('api.graphql')))),
  );
});

const LINKS = `
  @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
  @link(url: "https://specs.apollo.dev/inaccessible/v0.2", for: SECURITY)`;
const SPECIFICATIONS = `
  directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
  directive @join__graph(name: String!, url: String!) on ENUM_VALUE
  directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | ENUM_VALUE | ARGUMENT_DEFINITION | UNION
  scalar link__Import
  enum link__Purpose { SECURITY EXECUTION }
  enum join__Graph { A @join__graph(name: "a", url: "http://a") B @join__graph(name: "b-c", url: "") }`;

describe('of a supergraph clients see', () => {
  const seen = (sdl: string, links = LINKS) =>
    printSchema(
      lexicographicSortSchema(buildApiSchema(parse(`schema ${links} { query: Query } ${SPECIFICATIONS} ${sdl}`))),
    );

  test('nothing that is inaccessible, wherever it is', () => {
    const schema = seen(`
      type Query { a(open: Int, shut: Int @inaccessible): A b: B @inaccessible either: Either mood: Mood }
      interface Named @inaccessible { name: String }
      type A implements Named { name: String }
      type B @inaccessible { id: ID }
      union Either = A | B
      enum Mood { CALM WILD @inaccessible }`);
    expect(schema).toBe(
      printSchema(
        lexicographicSortSchema(
          buildSchema(`type Query { a(open: Int): A either: Either mood: Mood } type A { name: String }
            union Either = A enum Mood { CALM }`),
        ),
      ),
    );
  });

  test('directives that are for them, and none that are for gateways', () => {
    const schema = seen(`
      directive @live on QUERY
      directive @internal on FIELD_DEFINITION
      type Query { a: Int @deprecated(reason: "old") @internal }`);
    expect(schema).toContain('directive @live on QUERY');
    expect(schema).toContain('@deprecated(reason: "old")');
    expect(schema).not.toContain('internal');
  });

  test('nothing of a specification that goes by another name', () => {
    const links = `${LINKS} @link(url: "https://specs.example.com/secret/v1.0", as: "hush",
      import: ["@tell", { name: "@other", as: "@another" }, "Kind"])`;
    const schema = seen(
      `directive @hush on FIELD directive @tell on FIELD directive @another on FIELD directive @hush__x on FIELD
      scalar hush__Y scalar Kind type Query { a: Int }`,
      links,
    );
    expect(schema).toBe('type Query {\n  a: Int\n}');
  });
});

describe('a generation', () => {
  test('knows its subgraphs by the names that they have', () => {
    const sdl = `schema ${LINKS} { query: Query } ${SPECIFICATIONS} type Query { a: Int }`;
    expect(buildGeneration(sdl).subgraphs).toEqual([
      { name: 'a', url: 'http://a' },
      { name: 'b-c', url: '' },
    ]);
  });

  test.each([
    ['no GraphQL', '{', /Syntax Error/],
    ['no supergraph', 'type Query { a: Int }', /no enum join__Graph/],
    ['a schema with unknown types', 'type Query { a: Nothing }', /Unknown type/],
  ])('is not made of %s', (_name, sdl, message) => expect(() => buildGeneration(sdl)).toThrow(message));
});
