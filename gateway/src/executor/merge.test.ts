import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema } from 'graphql';
import { cloneJson, isObject, quote } from './json.ts';
import { mergeInto } from './merge.ts';
import { createPossibleTypes } from './possible-types.ts';

const possible = createPossibleTypes(
  buildSchema('type Query { item: Item } interface Item { id: ID } type Map implements Item { id: ID }'),
);

const json = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true });

describe('merging what a fetch brought', () => {
  test.each([
    ['adds what is new', { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    ['merges objects', { a: { b: 1 } }, { a: { c: 2 } }, { a: { b: 1, c: 2 } }],
    [
      'merges lists item by item',
      { a: [{ b: 1 }, null] },
      { a: [{ c: 2 }, { c: 3 }] },
      { a: [{ b: 1, c: 2 }, { c: 3 }] },
    ],
    ['takes the newer of two lists that do not fit', { a: [1] }, { a: [2, 3] }, { a: [2, 3] }],
    ['never hides what is known with null', { a: { b: 1 } }, { a: null }, { a: { b: 1 } }],
    [
      'keeps the type that is known better',
      { a: { __typename: 'Map' } },
      { a: { __typename: 'Item' } },
      { a: { __typename: 'Map' } },
    ],
    ['takes the type that is known better', { __typename: 'Item' }, { __typename: 'Map' }, { __typename: 'Map' }],
    ['fills in what was null', { a: null }, { a: { b: 1 } }, { a: { b: 1 } }],
  ])('%s', (_name, target, source, expected) => {
    mergeInto(target, source, false, possible);
    expect(target).toEqual(expected);
  });

  test('reaches no prototype, whatever keys a scalar has', () => {
    const target = JSON.parse('{"scalar":{"a":1}}') as Record<string, unknown>;
    const source = JSON.parse('{"scalar":{"__proto__":{"polluted":true},"b":2}}') as Record<string, unknown>;
    mergeInto(target, source, false, possible);
    expect(JSON.stringify(target)).toBe('{"scalar":{"a":1,"__proto__":{"polluted":true},"b":2}}');
    expect('polluted' in {}).toBe(false);
  });

  test('of the same twice changes nothing', () => {
    fc.assert(
      fc.property(json, json, (target, source) => {
        mergeInto(target, structuredClone(source), false, possible);
        const once = structuredClone(target);
        mergeInto(target, structuredClone(source), false, possible);
        expect(target).toEqual(once);
      }),
    );
  });

  test('shares no object with what is copied, and leaves it as it is', () => {
    const objectsOf = (value: unknown): object[] =>
      typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(objectsOf)] : [];
    fc.assert(
      fc.property(json, json, (target, source) => {
        const before = structuredClone(source);
        mergeInto(target, source, true, possible);
        expect(source).toEqual(before);
        const own = new Set(objectsOf(target));
        expect(objectsOf(source).some((each) => own.has(each))).toBe(false);
      }),
    );
  });
});

test('a copy equals its original, a key that looks like the prototype included', () => {
  const value = JSON.parse('{"a":[{"__proto__":{"b":1}}],"c":null}') as unknown;
  expect(JSON.stringify(cloneJson(value))).toBe(JSON.stringify(value));
  fc.assert(fc.property(fc.jsonValue(), (any) => expect(JSON.stringify(cloneJson(any))).toBe(JSON.stringify(any))));
  expect(isObject([])).toBe(false);
});

test('a string is written as JSON has it', () => {
  const texts = fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 100 }), fc.constant('\ud800"\\\u0007'));
  fc.assert(fc.property(texts, (text) => expect(quote(text)).toBe(JSON.stringify(text))));
});
