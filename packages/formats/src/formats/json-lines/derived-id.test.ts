import { expect, test } from '@jest/globals';
import { DerivedIds } from './derived-id.ts';

test('equal facts have equal ids in every document, and are counted within one', () => {
  const ids = new DerivedIds();
  const [first, second, other] = [ids.next('a', ['x']), ids.next('a', ['x']), ids.next('a', ['y'])];
  expect(second).toBe(`${first}:2`);
  expect(other).not.toBe(first);
  expect(ids.next('b', ['x'])).toBe(first);
});
