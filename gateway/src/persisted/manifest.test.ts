import { describe, expect, test } from '@jest/globals';
import { ManifestError, parseManifest } from './manifest.ts';

const BODY = 'query Menu {\n  dishes { name }\n}';
const apollo = (operations: object[]) =>
  JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations });

describe('a manifest of trusted operations', () => {
  test('is read as Apollo writes it, and as a map of texts', () => {
    const id = 'a'.repeat(64);
    for (const json of [
      apollo([{ id, name: 'Menu', type: 'query', body: BODY }]),
      JSON.stringify({ [id]: BODY }),
      JSON.stringify({ [`sha256:${id}`]: BODY }),
    ]) {
      const trusted = parseManifest(json);
      expect([trusted.size, trusted.text(id), trusted.text('b')]).toEqual([1, BODY, undefined]);
    }
  });

  test('knows a text however it is spaced and commented, and no other', () => {
    const trusted = parseManifest(JSON.stringify({ menu: BODY }));
    expect(trusted.has(BODY)).toBe(true);
    expect(trusted.has('query Menu{dishes,{name}} # all of them')).toBe(true);
    expect(trusted.has('query Menu { dishes { name price } }')).toBe(false);
    expect(trusted.has('query Menu { dishes { name }')).toBe(false);
    expect(trusted.has('query Menu { "')).toBe(false);
    expect(trusted.has(BODY + ' '.repeat(BODY.length * 10))).toBe(false);
  });

  test.each([
    ['no JSON', '{', /not JSON/],
    ['a list', '[]', /Expected an apollo-persisted-query-manifest/],
    ['another version', JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 2 }), /of version 1/],
    ['texts that are none', JSON.stringify({ a: 1 }), /Expected/],
    ['what is not GraphQL', JSON.stringify({ a: '{ "' }), /not GraphQL/],
    ['an id with two texts', apollo(['{ a }', '{ b }'].map((body) => ({ id: 'x', body }))), /stands for two/],
  ])('cannot be %s', (_name, json, message) => {
    expect(() => parseManifest(json)).toThrow(ManifestError);
    expect(() => parseManifest(json)).toThrow(message);
  });
});
