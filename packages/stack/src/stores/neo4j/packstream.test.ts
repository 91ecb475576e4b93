import { expect, test } from '@jest/globals';
import { packMessage, stringsIn } from './packstream.ts';

test('a message holds its tag and, in order, every string it was given', () => {
  const long = 'x'.repeat(300);
  const message = packMessage(0x10, ['RETURN 1', { n: -1, deep: [{ ok: true, none: null }, long] }]);
  expect([...message.subarray(0, 2)]).toEqual([0xb2, 0x10]);
  expect(stringsIn(message)).toEqual(['RETURN 1', 'n', 'deep', 'ok', 'none', long]);
});

test('answers with every width of number and text can be read', () => {
  const answer = Buffer.from([
    0xb1, 0x70, 0xa4, 0x81, 0x61, 0x05, 0x81, 0x62, 0xc8, 0x80, 0x81, 0x63, 0xc9, 0x01, 0x02, 0xd0, 0x02, 0x64, 0x64,
    0xcb, 0, 0, 0, 0, 0, 0, 0, 1, 0xd4, 0x01, 0x81, 0x65,
  ]);
  expect(stringsIn(answer)).toEqual(['a', 'b', 'c', 'dd', 'e']);
});
