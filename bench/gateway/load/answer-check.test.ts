import { describe, expect, test } from '@jest/globals';
import { createAnswerCheck, WrongAnswerError } from './answer-check.ts';

const check = createAnswerCheck('{"data":{"a":1,"b":2}}');
const answer = (body: string, status = 200) => ({ head: `HTTP/1.1 ${status} x\r\na: b`, body: Buffer.from(body) });

describe('the check of an answer', () => {
  test.each(['{"data":{"a":1,"b":2}}', '{ "data": { "a": 1, "b": 2 } }'])('accepts %s, again and again', (body) => {
    check(answer(body));
    check(answer(body));
  });

  test.each([
    ['another value', answer('{"data":{"a":1,"b":3}}')],
    ['another order', answer('{"data":{"b":2,"a":1}}')],
    ['an error beside the data', answer('{"data":{"a":1,"b":2},"errors":[]}')],
    ['another status', answer('{"errors":[]}', 500)],
    ['no JSON', answer('no')],
  ])('refuses %s', (_, wrong) => {
    expect(() => check(wrong)).toThrow(WrongAnswerError);
  });
});
