import { expect, test } from '@jest/globals';
import { textHash } from './text-hash.ts';

test('the hash is the SHA-256 of the UTF-8 text', () => {
  expect(textHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(textHash('ä')).not.toBe(textHash('a\u0308'));
});
