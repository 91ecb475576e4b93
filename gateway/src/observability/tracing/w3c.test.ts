import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readTraceparent, withTraceparent } from './w3c.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const hex = (length: number) =>
  fc.stringMatching(new RegExp(`^[\\da-f]{${length}}$`)).filter((text) => !/^0+$/.test(text));

describe('traceparent', () => {
  test('that is written is read again', () => {
    fc.assert(
      fc.property(hex(32), hex(16), fc.boolean(), (traceId, spanId, sampled) => {
        const headers = withTraceparent({}, { traceId, spanId, traceFlags: sampled ? 1 : 0 });
        expect(readTraceparent(headers)).toEqual({ traceId, spanId, traceFlags: sampled ? 1 : 0, isRemote: true });
      }),
    );
  });

  test('keeps the state of other systems', () => {
    const read = readTraceparent({ traceparent: `00-${TRACE}-${SPAN}-01`, tracestate: 'one=1,two=2' });
    expect(read && withTraceparent({ accept: 'x' }, read)).toEqual({
      accept: 'x',
      traceparent: `00-${TRACE}-${SPAN}-01`,
      tracestate: 'one=1,two=2',
    });
  });

  test.each([
    ['a later version with more to say', `01-${TRACE}-${SPAN}-01-more`, true],
    ['flags that are not known yet', `00-${TRACE}-${SPAN}-ff`, true],
    ['this version with more to say', `00-${TRACE}-${SPAN}-01-more`, false],
    ['a version that there cannot be', `ff-${TRACE}-${SPAN}-01`, false],
    ['a trace of nothing', `00-${'0'.repeat(32)}-${SPAN}-01`, false],
    ['a span of nothing', `00-${TRACE}-${'0'.repeat(16)}-01`, false],
    ['upper case', `00-${TRACE.toUpperCase()}-${SPAN}-01`, false],
    ['nonsense', 'nonsense', false],
  ])('%s', (_what, traceparent, valid) => {
    expect(readTraceparent({ traceparent }) !== undefined).toBe(valid);
  });

  test('anything else is read as none', () => {
    fc.assert(fc.property(fc.string(), (traceparent) => readTraceparent({ traceparent }) === undefined));
  });
});
