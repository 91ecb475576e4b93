import { expect, test } from '@jest/globals';
import { createVary } from './vary.ts';

test('answers depend on the headers that are named, and on those that subgraphs get', () => {
  const vary = createVary(['x-region'], { propagate: [{ name: 'accept-language', default: 'en' }] });
  expect(vary.header).toBe('x-region, accept-language, origin');
  expect(vary.of({ 'x-region': 'eu', cookie: 'a' })).toEqual([
    ['x-region', 'eu'],
    ['accept-language', null],
  ]);
});

test('a pattern takes whatever it matches, in an order of its own', () => {
  const vary = createVary([], { propagate: [{ matching: '^x-' }, { name: 'x-a' }] });
  expect(vary.header).toBe('*');
  const one = vary.of({ 'x-c': '1', 'x-b': '2', host: 'h' });
  expect(one).toEqual([
    ['x-a', null],
    ['x-b', '2'],
    ['x-c', '1'],
  ]);
  expect(vary.of({ 'x-b': '2', 'x-c': '1' })).toEqual(one);
});

test('without either on none', () => {
  const vary = createVary([], { propagate: [] });
  expect([vary.header, vary.of({ 'accept-language': 'de' })]).toEqual([undefined, []]);
});
