import { describe, expect, test } from '@jest/globals';
import { buildSchema, getOperationAST, parse } from 'graphql';
import type { CachePolicySetting } from '../config/cache.ts';
import { compileCaching } from './compile.ts';
import { readHints } from './hints.ts';
import { tagsOfAnswer } from './tags.ts';

const SDL = `
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  enum CacheControlScope { PUBLIC PRIVATE }
  type Query {
    plain: String
    aged: String @cacheControl(maxAge: 40)
    play(id: ID): Play
    plays: [Play!]! @cacheControl(maxAge: 20)
    bare: Bare
    agedBare: Bare @cacheControl(maxAge: 50)
    handedOn: Bare @cacheControl(inheritMaxAge: true)
    me: Visitor @cacheControl(maxAge: 30)
    seen: [Seen!] @cacheControl(maxAge: 30)
    any: [Thing!] @cacheControl(maxAge: 30)
  }
  type Play @cacheControl(maxAge: 60) {
    id: ID! title(upper: Boolean): String! rare: String @cacheControl(maxAge: 5)
    hall: Hall! next: Play again: Play @cacheControl(inheritMaxAge: true)
  }
  type Hall @cacheControl(inheritMaxAge: true) { id: ID! seats: Int bare: Bare }
  type Bare { note: String }
  type Visitor { id: ID! name: String secret: String @cacheControl(scope: PRIVATE) }
  interface Seen @cacheControl(maxAge: 25) { id: ID! label: String }
  type Film implements Seen { id: ID! label: String @cacheControl(maxAge: 3) }
  type Opera implements Seen { id: ID! label: String voices: Int @cacheControl(scope: PRIVATE, maxAge: 2) }
  union Thing @cacheControl(maxAge: 9) = Film | Visitor | Bare
`;
const schema = buildSchema(SDL);

function compile(text: string, settings: Record<string, CachePolicySetting> = {}, keys: Record<string, string[]> = {}) {
  const document = parse(text);
  const definition = getOperationAST(document);
  if (!definition) throw new Error('no operation');
  return compileCaching(
    { document, definition },
    { schema, hints: readHints(parse(SDL), settings), defaultMaxAge: 0, keys },
  );
}

describe('the policy of an operation', () => {
  test.each<[string, string, number | undefined, string]>([
    ['a root field is not kept unless it says so', '{ plain }', 0, 'PUBLIC'],
    ['a root field that says so', '{ aged }', 40, 'PUBLIC'],
    ['the least age wins', '{ aged plays { id } }', 20, 'PUBLIC'],
    ['a type gives its age to the field that returns it', '{ play { id title } }', 60, 'PUBLIC'],
    ['a field may be shorter than its type', '{ play { rare } }', 5, 'PUBLIC'],
    ['a field that says so goes over its type', '{ plays { id } }', 20, 'PUBLIC'],
    ['a field of objects is not kept unless one says so', '{ bare { note } }', 0, 'PUBLIC'],
    ['the field may say it for its type', '{ agedBare { note } }', 50, 'PUBLIC'],
    ['a type that inherits', '{ play { hall { seats } } }', 60, 'PUBLIC'],
    ['inheriting does not reach further', '{ play { hall { bare { note } } } }', 0, 'PUBLIC'],
    ['nobody is there to inherit from at the root', '{ handedOn { note } }', 0, 'PUBLIC'],
    ['a type with an age has it also where the field inherits', '{ play { again { id } } }', 60, 'PUBLIC'],
    ['one private field makes all private', '{ aged me { secret } }', 30, 'PRIVATE'],
    ['a field that is not asked for does not', '{ aged me { name } }', 30, 'PUBLIC'],
    ['an interface field may be any of its types', '{ seen { label } }', 3, 'PUBLIC'],
    ['a fragment on one type', '{ seen { id ... on Opera { voices } } }', 2, 'PRIVATE'],
    ['a union, through a named fragment', '{ any { ...F } } fragment F on Film { id }', 30, 'PUBLIC'],
    ['conditions are not looked at', '{ aged plain @skip(if: true) }', 0, 'PUBLIC'],
    ['names of types have no age', '{ __typename }', undefined, 'PUBLIC'],
    ['nor does introspection', '{ __schema { types { name } } aged }', 40, 'PUBLIC'],
  ])('%s: %s', (_name, text, maxAge, scope) => {
    expect(compile(text).policy).toEqual({ maxAge, scope });
  });

  test('settings go over the schema', () => {
    expect(compile('{ plain play { id } }', { 'Query.plain': { maxAge: 7 }, Play: { maxAge: 8 } }).policy.maxAge).toBe(
      7,
    );
    expect(compile('{ aged }', { 'Query.aged': { maxAge: 40, scope: 'PRIVATE' } }).policy.scope).toBe('PRIVATE');
    expect(compile('{ aged }', { 'Query.aged': {} }).policy.maxAge).toBe(0);
  });

  test('where subgraphs differ the stricter one counts', () => {
    const both = parse(
      'type Query { a: Int @cacheControl(maxAge: 9, scope: PUBLIC) } extend type Query @cacheControl(maxAge: 5) { b: Int } extend type Query @cacheControl(maxAge: 4, scope: PRIVATE) { c: Int }',
    );
    expect(readHints(both, {}).get('Query')).toMatchObject({ maxAge: 4, scope: 'PRIVATE' });
  });
});

describe('the tags of an answer', () => {
  const tags = (text: string, data: unknown, keys?: Record<string, string[]>) =>
    tagsOfAnswer(compile(text, {}, keys), JSON.stringify({ data })).sort();

  test('name the types that it may have, also when it has none of them', () => {
    expect(tags('{ plays { id } any { ... on Bare { note } } }', { plays: [], any: null })).toEqual([
      'Bare',
      'Film',
      'Play',
      'Visitor',
    ]);
  });

  test('name the objects in it', () => {
    const data = {
      plays: [
        { id: '1', hall: { id: 'h' } },
        { id: '2', hall: { id: 'h' } },
      ],
    };
    expect(tags('{ plays { id hall { id } } }', data)).toEqual([
      'Hall',
      'Hall:["h"]',
      'Play',
      'Play:["1"]',
      'Play:["2"]',
    ]);
  });

  test('follow aliases and fragments', () => {
    const text = '{ p: play { ...P } } fragment P on Play { key: id h: hall { ... on Hall { id } } }';
    expect(tags(text, { p: { key: 1, h: { id: 'x' } } })).toEqual(['Hall', 'Hall:["x"]', 'Play', 'Play:["1"]']);
  });

  test('say so where it does not show which objects it has', () => {
    expect(tags('{ play { title } }', { play: { title: 'x' } })).toEqual(['Play', 'Play:?']);
    expect(tags('{ play { title } }', { play: null })).toEqual(['Play']);
    expect(tags('{ play { id @skip(if: true) title } }', { play: { title: 'x' } })).toEqual(['Play', 'Play:?']);
  });

  test('an alias that looks like the id is none', () => {
    expect(tags('{ play { id: title } }', { play: { id: 'x' } })).toEqual(['Play', 'Play:?']);
    expect(tags('{ play { title id: title } }', { play: { id: 'x' } })).toEqual(['Play', 'Play:?']);
    expect(tags('{ play { name: title(upper: true) } }', { play: { name: 'X' } }, { Play: ['title'] })).toEqual([
      'Play',
      'Play:?',
    ]);
    const text = '{ seen { ... on Film { id: label } ... on Opera { id } } }';
    expect(tags(text, { seen: [{ id: 'x' }] })).toEqual(['Film', 'Film:?', 'Opera', 'Opera:?']);
  });

  test('an object of several possible types is all of them, unless it is named', () => {
    expect(tags('{ seen { id } }', { seen: [{ id: '1' }] })).toEqual(['Film', 'Film:["1"]', 'Opera', 'Opera:["1"]']);
    expect(tags('{ seen { id kind: __typename } }', { seen: [{ id: '1', kind: 'Film' }] })).toEqual([
      'Film',
      'Film:["1"]',
      'Opera',
    ]);
  });

  test('go by the configured fields', () => {
    const text = '{ plays { id title } }';
    expect(tags(text, { plays: [{ id: 1, title: 'a' }] }, { Play: ['title', 'id'] })).toEqual([
      'Play',
      'Play:["a","1"]',
    ]);
  });

  test('are not more than a type can bear', () => {
    const plays = Array.from({ length: 501 }, (_, id) => ({ id }));
    expect(tags('{ plays { id } }', { plays })).toEqual(['Play', 'Play:?']);
    expect(tags('{ plays { id } }', { plays: plays.slice(1) })).toHaveLength(501);
  });
});
