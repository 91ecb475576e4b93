import { expect, test } from '@jest/globals';
import { decodeAnswer, encodeAnswer } from './entry.ts';

test('a kept answer is found as it was, and all else is nothing', () => {
  const answer = { keptAt: 1_700_000_000_000, maxAge: 60, scope: 'PRIVATE', json: '{"data":{"a":"x\\ny"}}' } as const;
  expect(decodeAnswer(encodeAnswer(answer))).toEqual(answer);
  for (const text of ['', '\n', '{}', 'a b c\n{}', '1 2 OTHER\n{}', `${'1'.repeat(50)} 1 PUBLIC\n{}`]) {
    expect(decodeAnswer(text)).toBeUndefined();
  }
});
