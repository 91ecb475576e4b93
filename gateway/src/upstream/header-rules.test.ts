import { describe, expect, test } from '@jest/globals';
import { headerRules } from '../config/headers.ts';
import { compileHeaderRules, headersOfSocket, sendsCredentials } from './header-rules.ts';

const OWN = { 'x-colloquy-identity': 'signed', 'x-request-id': 'r-1' };
const compile = (rules: object, subgraph = 'orders') =>
  compileHeaderRules(headerRules.parse(rules), subgraph, ['x-colloquy-identity']);

describe('the header rules', () => {
  test('without any, the headers are those of the gateway, and no copy', () => {
    expect(compile({})({ cookie: 'a=b' }, OWN)).toBe(OWN);
  });

  test('forward by name, rename, and fill in', () => {
    const write = compile({
      propagate: [
        { name: 'Authorization' },
        { name: 'x-tenant', rename: 'x-customer', default: 'none' },
        { name: 'accept-language', default: 'en' },
        { name: 'x-absent' },
      ],
    });
    expect(write({ authorization: 'Bearer a', 'x-tenant': 't', cookie: 'a=b' }, OWN)).toEqual({
      authorization: 'Bearer a',
      'x-customer': 't',
      'accept-language': 'en',
      ...OWN,
    });
    expect(write({}, {})).toEqual({ 'x-customer': 'none', 'accept-language': 'en' });
  });

  test('forward by pattern, without what is removed, reserved, or about the connection', () => {
    const write = compile({ propagate: [{ matching: '.*' }], remove: ['Cookie'] });
    const client = {
      host: 'gateway',
      connection: 'keep-alive, x-hop',
      'x-hop': '1',
      'content-length': '7',
      'accept-encoding': 'gzip',
      'transfer-encoding': 'chunked',
      'sec-websocket-key': 'k',
      cookie: 'a=b',
      'x-colloquy-identity': 'forged',
      'x-request-id': 'theirs',
      'set-cookie': ['a', 'b'],
      'x-tenant': 't',
    };
    expect(write(client, {})).toEqual({ 'x-tenant': 't', 'set-cookie': 'a, b' });
  });

  test('insert over what a client sent, and never over what the gateway says', () => {
    const rules = {
      propagate: [{ name: 'x-source' }],
      insert: [
        { name: 'x-source', value: 'gateway' },
        { name: 'x-colloquy-identity', value: 'inserted' },
      ],
    };
    expect(compile(rules)({ 'x-source': 'client' }, OWN)).toEqual({ 'x-source': 'gateway', ...OWN });
    expect(compile(rules)({}, {})).toEqual({ 'x-source': 'gateway' });
  });

  test('hold for the subgraphs that they name', () => {
    const rules = {
      propagate: [
        { name: 'a', subgraphs: ['orders'] },
        { matching: '^b', subgraphs: ['products'] },
      ],
      insert: [{ name: 'c', value: '1', subgraphs: ['products'] }],
    };
    const client = { a: '1', b: '2' };
    expect(compile(rules)(client, {})).toEqual({ a: '1' });
    expect(compile(rules, 'products')(client, {})).toEqual({ b: '2', c: '1' });
    expect(compile(rules, 'reviews')(client, OWN)).toBe(OWN);
  });

  test('tell whether the credentials of a client go along', () => {
    expect(sendsCredentials(compile({ propagate: [{ name: 'authorization' }] }))).toBe(true);
    expect(sendsCredentials(compile({ propagate: [{ matching: 'cook' }] }))).toBe(true);
    expect(sendsCredentials(compile({ propagate: [{ name: 'x-tenant' }] }))).toBe(false);
    expect(sendsCredentials(compile({}))).toBe(false);
  });

  test.each([
    [{ propagate: [{ name: 'content-length' }] }],
    [{ propagate: [{ name: 'x', rename: 'host' }] }],
    [{ propagate: [{ name: 'a b' }] }],
    [{ propagate: [{ matching: '(' }] }],
    [{ propagate: [{ matching: 'x', rename: 'y' }] }],
    [{ insert: [{ name: 'x', value: 'a\r\nb: c' }] }],
  ])('refuse %j', (rules) => {
    expect(headerRules.safeParse(rules).success).toBe(false);
  });

  test('take from the payload of a socket what can be a header, over those of its handshake', () => {
    const handshake = { origin: 'o', authorization: 'old' };
    const payload = {
      Authorization: 'new',
      'x-count': 3,
      'a b': 'c',
      'x-forged': 'a\r\nb: c',
      host: 'h',
      upgrade: 'u',
    };
    expect(headersOfSocket(handshake, payload)).toEqual({ origin: 'o', authorization: 'new' });
    expect(headersOfSocket(handshake, undefined)).toBe(handshake);
  });
});
