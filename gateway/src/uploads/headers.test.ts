import { describe, expect, test } from '@jest/globals';
import { forwardedHeaders, relayedHeaders } from './headers.ts';

describe('headers', () => {
  test('of a request: end to end only, without credentials and without what only the gateway may say', () => {
    expect(
      forwardedHeaders({
        host: 'gateway',
        connection: 'keep-alive, x-hop',
        'x-hop': 'one',
        'transfer-encoding': 'chunked',
        expect: '100-continue',
        authorization: 'Bearer secret',
        cookie: 'session=1',
        'x-colloquy-identity': 'forged',
        'x-request-id': 'theirs',
        'content-type': 'application/zip',
        'content-length': '10',
      }),
    ).toEqual({ 'content-type': 'application/zip', 'content-length': '10' });
  });

  test('of an answer: end to end only', () => {
    const answer = { connection: 'close', 'keep-alive': 'timeout=5', etag: '"1"', 'set-cookie': ['a=1', 'b=2'] };
    expect(relayedHeaders(answer)).toEqual({ etag: '"1"', 'set-cookie': ['a=1', 'b=2'] });
  });
});
