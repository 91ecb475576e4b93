import { expect, test } from '@jest/globals';
import { getOperationAST, parse } from 'graphql';
import { buildGeneration } from '../schema/generation.ts';
import { operationsOf } from './operation-cache.ts';
import { PreparedOperation } from './prepared-operation.ts';
import { warm } from './warm.ts';

const generation = (fields: string) =>
  buildGeneration(`
    schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION) {
      query: Query
    }
    directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
    directive @join__graph(name: String!, url: String!) on ENUM_VALUE
    directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT
    scalar join__FieldSet
    scalar link__Import
    enum link__Purpose { SECURITY EXECUTION }
    enum join__Graph { A @join__graph(name: "a", url: "http://a") }
    type Query @join__type(graph: A) { ${fields} }`);

test('a new schema knows the plans of the operations in use, in the order of their use, and not those it cannot serve', async () => {
  const current = generation('kept: Int gone: Int also: Int');
  for (const text of ['{ kept }', '{ gone }', '{ also }', '{ kept also }']) {
    const document = parse(text);
    const definition = getOperationAST(document);
    if (definition) operationsOf(current).set(text, new PreparedOperation(current, text, document, definition));
  }
  const next = generation('kept: Int also: Int');
  expect(await warm(next, current)).toBe(3);
  expect([...operationsOf(next).keys()]).toEqual(['{ kept also }', '{ also }', '{ kept }']);
  for (const prepared of operationsOf(next).values()) expect(prepared.isPlanned(prepared.whole, 0)).toBe(true);
});
