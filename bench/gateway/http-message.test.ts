import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type HttpMessage, HttpMessageReader } from './http-message.ts';

function read(bytes: Buffer, cuts: readonly number[]): HttpMessage[] {
  const messages: HttpMessage[] = [];
  const reader = new HttpMessageReader((message) => messages.push(message));
  const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
  for (const [index, place] of places.slice(1).entries()) reader.push(bytes.subarray(places[index], place));
  return messages;
}

const PLAIN = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n';
const EMPTY = 'GET / HTTP/1.1\r\nhost: a\r\n\r\n';

describe('HttpMessageReader', () => {
  test('cuts a stream into its messages, wherever its pieces end', () => {
    const bytes = Buffer.from(PLAIN + CHUNKED + EMPTY + PLAIN);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 12 }), (cuts) => {
        const messages = read(bytes, cuts);
        expect(messages.map(({ body }) => body.toString())).toEqual(['hello', 'hello', '', 'hello']);
        expect(messages[2]?.head).toBe('GET / HTTP/1.1\r\nhost: a');
      }),
    );
  });

  test('waits for the rest of a body', () => {
    expect(read(Buffer.from(PLAIN.slice(0, -1)), [])).toEqual([]);
  });
});
