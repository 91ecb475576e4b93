import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { IssueLog } from './issues.ts';
import { parseTime } from './time.ts';

function parse(value: unknown) {
  const log = new IssueLog();
  return { time: parseTime(value, 'x', log)?.toISOString() ?? null, codes: log.issues.map(({ code }) => code) };
}

test.each([
  [1_700_000_000.5, '2023-11-14T22:13:20.500Z'],
  ['1700000000.5', '2023-11-14T22:13:20.500Z'],
  [1_700_000_000_500, '2023-11-14T22:13:20.500Z'],
  [0, '1970-01-01T00:00:00.000Z'],
  ['2025-08-07T15:32:40.100663Z', '2025-08-07T15:32:40.100Z'],
  ['2025-08-07T17:32:40+02:00', '2025-08-07T15:32:40.000Z'],
  ['2025-08-07 15:32:40', '2025-08-07T15:32:40.000Z'],
  [null, null],
  [undefined, null],
  ['', null],
])('%j is %s', (value, time) => expect(parse(value)).toEqual({ time, codes: [] }));

test.each([Number.MAX_VALUE, -1, 'yesterday', '2025-13', '2025-13-40T00:00:00Z', {}, [], true, '1e400', 1e18])(
  '%j is no time',
  (value) => expect(parse(value)).toEqual({ time: null, codes: ['INVALID_TIMESTAMP'] }),
);

test('whatever the value: a time that can be stored, or null', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.anything(),
        fc.date().map(String),
        fc.double().map(String),
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      ),
      (value) => {
        const { time } = parse(value);
        expect(time === null || /^\d{4}-/.test(time)).toBe(true);
      },
    ),
  );
});
