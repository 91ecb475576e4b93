import { expect, test } from '@jest/globals';
import { isPreflighted } from './csrf.ts';

test.each([
  [{ 'content-type': 'application/json' }],
  [{ 'content-type': 'application/json; charset=utf-8' }],
  [{ 'content-type': 'application/graphql-response+json' }],
  [{ 'apollo-require-preflight': 'true' }],
  [{ 'x-apollo-operation-name': 'Orders' }],
  [{ 'content-type': 'text/plain', 'apollo-require-preflight': '1' }],
])('%j: the browser asked first', (headers) => expect(isPreflighted(headers)).toBe(true));

test.each([
  [{}],
  [{ 'content-type': 'text/plain' }],
  [{ 'content-type': 'Text/Plain; charset=utf-8' }],
  [{ 'content-type': ' multipart/form-data; boundary=application/json' }],
  [{ 'content-type': 'application/x-www-form-urlencoded' }],
  [{ 'content-type': '' }],
  [{ 'content-type': 'text/plain, application/json' }],
  [{ 'apollo-require-preflight': '' }],
])('%j: any page could have sent it', (headers) => expect(isPreflighted(headers)).toBe(false));
