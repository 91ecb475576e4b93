import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sketchJson } from './sketch.ts';

describe('the beginning of a JSON text', () => {
  test.each([
    ['[{"title": "a", "mapping": {"x": {"message": {"te', [{ title: 'a', mapping: { x: { message: {} } } }]],
    ['[1, 2, 3', [1, 2]],
    ['{"a": "cut \\"of', {}],
    ['{"a": [', { a: [] }],
    ['{"a": "b,{", "c": [1, {"d": 2}, 3', { a: 'b,{', c: [1, { d: 2 }] }],
  ])('%s shows %j', (text, root) => {
    expect(sketchJson(text)).toEqual({ root, closed: false, faulty: false, tooDeep: false, stopped: false, rest: '' });
  });

  test('a beginning of any valid text is never taken for broken', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.nat(), (value, cut) => {
        const text = JSON.stringify(value);
        expect(sketchJson(text.slice(0, 1 + (cut % text.length))).faulty).toBe(false);
      }),
    );
  });

  test('of millions of values the first are looked at', () => {
    const { root, faulty, stopped } = sketchJson(`[{}${',{}'.repeat(300_000)}`);
    expect({ length: (root as unknown[]).length, faulty, stopped }).toEqual({
      length: 83_333,
      faulty: false,
      stopped: true,
    });
  });

  test('what follows the outermost value is kept', () => {
    expect(sketchJson('{"a":1}\n{"a":2}')).toEqual({
      root: { a: 1 },
      closed: true,
      faulty: false,
      tooDeep: false,
      stopped: false,
      rest: '{"a":2}',
    });
  });

  test.each([
    ['{a}', {}],
    ['{"a":1]', {}],
    ['[{"a": {"b": 1, "c" 1}}, 2]', [{ a: { b: 1 } }]],
    ['[1, [2, tru, 3], 4]', [1, [2]]],
  ])('%s is faulty behind %j', (text, root) => {
    expect(sketchJson(text)).toMatchObject({ root, faulty: true });
  });
});
