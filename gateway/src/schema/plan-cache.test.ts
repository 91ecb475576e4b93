import { expect, test } from '@jest/globals';
import { createPlanCache } from './plan-cache.ts';

test('a plan is made once, and the one that was not used for longest goes first', () => {
  const cache = createPlanCache<string>(2);
  const made: string[] = [];
  const get = (key: string) =>
    cache.getOrMake(key, () => {
      made.push(key);
      return key;
    });
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) expect(get(key)).toBe(key);
  expect(made).toEqual(['a', 'b', 'c', 'b']);
  expect(() =>
    cache.getOrMake('bad', () => {
      throw new Error('no plan');
    }),
  ).toThrow('no plan');
  expect(cache.getOrMake('bad', () => 'good')).toBe('good');
});
