import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ResponseParser } from './response-parser.ts';

const LIMIT = 1000;

/** Gives the bytes to a parser, cut at the places given. */
function readCut(
  bytes: Buffer,
  cuts: readonly number[] = [],
  limit = LIMIT,
): { parser: ResponseParser; done: boolean } {
  const parser = new ResponseParser(limit);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  let done = false;
  for (let at = 1; at < places.length && !done; at++) {
    const piece = bytes.subarray(places[at - 1], places[at]);
    if (piece.length > 0) done = parser.read(piece);
  }
  return { parser, done };
}

const read = (text: string, limit?: number) => readCut(Buffer.from(text), [], limit);
const withLength = (body: string, extra = '') =>
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${extra}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

function chunked(body: Buffer, sizes: readonly number[], extension: string, trailer: string): Buffer {
  const parts: Buffer[] = [Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')];
  let at = 0;
  for (const size of [...sizes, body.length]) {
    const piece = body.subarray(at, at + size);
    if (piece.length === 0) continue;
    parts.push(Buffer.from(`${piece.length.toString(16)}${extension}\r\n`), piece, Buffer.from('\r\n'));
    at += piece.length;
  }
  return Buffer.concat([...parts, Buffer.from(`0\r\n${trailer}\r\n`)]);
}

const cuts = fc.array(fc.nat(2000), { maxLength: 40 });
const bodies = fc.string({ unit: 'grapheme', maxLength: 200 });

describe('a response', () => {
  test('with a length is the same however it is cut', () => {
    fc.assert(
      fc.property(bodies, cuts, (body, places) => {
        const { parser, done } = readCut(Buffer.from(withLength(body)), places);
        expect([done, parser.text().text, parser.head.status, parser.reusable]).toEqual([true, body, 200, true]);
      }),
    );
  });

  test('is ASCII when all of its bytes are, and UTF-8 otherwise, broken or not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        const body = Buffer.from(bytes);
        const head = Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`);
        const { parser } = readCut(Buffer.concat([head, body]), []);
        expect(parser.text()).toEqual({ text: body.toString('utf8'), ascii: bytes.every((byte) => byte < 0x80) });
      }),
    );
  });

  test('in chunks is the same however it is cut', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 20 });
    const extensions = fc.constantFrom('', ';a=b', ' ;a="b"');
    const trailers = fc.constantFrom('', 'a: b\r\n', 'a: b\r\nc: d\r\n');
    fc.assert(
      fc.property(bodies, sizes, extensions, trailers, cuts, (body, lengths, extension, trailer, places) => {
        const { parser, done } = readCut(chunked(Buffer.from(body), lengths, extension, trailer), places);
        expect([done, parser.text().text, parser.reusable]).toEqual([true, body, true]);
      }),
    );
  });

  test('of any bytes is read, refused or waited for, and never larger than the limit', () => {
    const lines = fc.constantFrom(
      'HTTP/1.1 200 OK\r\n',
      'content-length: 5\r\n',
      'transfer-encoding: chunked\r\n',
      '\r\n',
      '5\r\n',
      'hello',
    );
    const noise = fc.string({ unit: 'binary', maxLength: 30 });
    fc.assert(
      fc.property(fc.array(fc.oneof(lines, noise), { maxLength: 12 }), cuts, (parts, places) => {
        try {
          expect(readCut(Buffer.from(parts.join('')), places).parser.text().text.length).toBeLessThanOrEqual(LIMIT);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ExchangeError' });
        }
      }),
    );
  });

  test('without a length ends with its connection, which is not used again', () => {
    const { parser, done } = read('HTTP/1.1 200 OK\r\n\r\nhello');
    expect([done, parser.end(), parser.text().text, parser.reusable]).toEqual([false, true, 'hello', false]);
  });

  test('that is cut off does not end with its connection', () => {
    for (const text of [
      '',
      'HTTP/1.1 200 OK\r\n',
      withLength('hello').slice(0, -1),
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello',
    ]) {
      const { parser, done } = read(text);
      expect([done, parser.end()]).toEqual([false, false]);
    }
  });

  test('comes after interim ones', () => {
    const { parser, done } = read(
      `HTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n${withLength('x')}`,
    );
    expect([done, parser.head.status, parser.text().text]).toEqual([true, 200, 'x']);
  });

  test.each([
    ['204', 'HTTP/1.1 204 No Content\r\n\r\n', true],
    ['an empty body', withLength(''), true],
    ['connection: close', withLength('x', 'Connection: Close\r\n'), false],
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 1\r\n\r\nx', false],
    ['bytes after its end', `${withLength('x')}HTTP/1.1 200 OK\r\n`, false],
  ])('with %s: whether its connection is used again', (_name, text, reusable) => {
    const { parser, done } = read(text);
    expect([done, parser.reusable]).toEqual([true, reusable]);
  });

  test('says for how long an idle connection is kept', () => {
    expect(read(withLength('x', 'Keep-Alive: timeout=5, max=100\r\n')).parser.head.idleSeconds).toBe(5);
  });

  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['HTTP/2', 'HTTP/2 200\r\n\r\n'],
    ['an upgrade', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['two framings', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\n'],
    ['a length that is none', 'HTTP/1.1 200 OK\r\ncontent-length: +3\r\n\r\n'],
    ['a list of lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 3, 3\r\n\r\n'],
    ['compressed transfer', 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n'],
    ['a folded field', 'HTTP/1.1 200 OK\r\na: b\r\n c: d\r\n\r\n'],
    ['a line without a colon', 'HTTP/1.1 200 OK\r\nhello\r\n\r\n'],
    ['an endless head', `HTTP/1.1 200 OK\r\na: ${'b'.repeat(70_000)}`],
    ['a chunk without size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nhello\r\n'],
    ['a chunk that is too long', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nhello\r\n'],
    ['an endless chunk line', `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;${'a'.repeat(2000)}`],
  ])('with %s is refused', (_name, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'protocol' }));
  });

  test.each([
    ['a length', `HTTP/1.1 200 OK\r\ncontent-length: ${LIMIT + 1}\r\n\r\n`],
    ['a chunk', `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${(LIMIT + 1).toString(16)}\r\n`],
    ['bytes', `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(LIMIT + 1)}`],
  ])('that is too large is refused as soon as %s says so', (_name, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'too_large' }));
  });
});
