import { describe, expect, test } from '@jest/globals';
import { parseLocalTime } from './local-time.ts';
import { LANGUAGES, monthNames, monthOf } from './month-names.ts';

const ZONES = ['America/Los_Angeles', 'America/Sao_Paulo', 'Asia/Kolkata', 'Asia/Tokyo', 'Europe/Berlin', 'UTC'];
const MORE_LANGUAGES = ['ja', 'ko', 'zh-CN', 'zh-TW', 'en-GB', 'en-IN', 'pt-BR', 'vi', 'fi'];

const read = (line: string) => parseLocalTime(line)?.time.toISOString();

describe('a time of the HTML export', () => {
  test.each([
    ['Jul 20, 2026, 9:00:05\u202fAM PDT', '2026-07-20T16:00:05.000Z'],
    ['Jul 25, 2026, 11:07:57 PM PDT', '2026-07-26T06:07:57.000Z'],
    ['Jan 1, 2026, 12:00:00 AM UTC', '2026-01-01T00:00:00.000Z'],
    ['18.04.2026, 17:38:51 MESZ', '2026-04-18T15:38:51.000Z'],
    ['28 févr. 2026, 22:30:00 CET', '2026-02-28T21:30:00.000Z'],
    ['2025/11/13 20:10:22 JST', '2025-11-13T11:10:22.000Z'],
    ['2026. 2. 2. 오후 4:24:02 KST', '2026-02-02T07:24:02.000Z'],
    ['2026年2月2日 下午4:24:02 CST', '2026-02-02T08:24:02.000Z'],
    ['Feb 2, 2026, 4:24:02 PM CST', '2026-02-02T22:24:02.000Z'],
    ['2026年2月2日 GMT+08:00 16:24:02', '2026-02-02T08:24:02.000Z'],
    ['2 de fev. de 2026, 16:24:02 BRT', '2026-02-02T19:24:02.000Z'],
    ['2 февр. 2026 г., 16:24:02 MSK', '2026-02-02T13:24:02.000Z'],
    ['2 Şub 2026 16:24:02 TSİ', '2026-02-02T13:24:02.000Z'],
    ['2 lut 2026, 16:24:02 CET', '2026-02-02T15:24:02.000Z'],
    ['2 φεβ 2026, 4:24:02 μ.μ. EET', '2026-02-02T14:24:02.000Z'],
  ])('%s', (line, expected) => {
    expect(read(line)).toBe(expected);
  });

  test.each([...LANGUAGES, ...MORE_LANGUAGES])('is read as ICU writes it in %s', (language) => {
    for (const timeZone of ZONES) {
      const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'long', timeZone });
      for (let month = 0; month < 12; month++) {
        const date = new Date(Date.UTC(2026, month, 3 + month, 16, 4, 5));
        expect([format.format(date), read(format.format(date))]).toEqual([format.format(date), date.toISOString()]);
      }
    }
  });

  test('in a zone that is not known is read as UTC, and says so', () => {
    expect(parseLocalTime('Jul 20, 2026, 9:00:05 AM XYZT')).toEqual({
      time: new Date('2026-07-20T09:00:05Z'),
      zone: 'XYZT',
      zoneIsKnown: false,
    });
    expect(parseLocalTime('Jul 20, 2026, 9:00:05 AM')).toMatchObject({ zone: '', zoneIsKnown: false });
  });

  test.each([
    'It was on Jul 20, 2026, 9:00:05 AM PDT that we met',
    'Jul 20, 2026',
    '9:00:05 AM',
    'Jul 32, 2026, 9:00:05 AM PDT',
    'Feb 30, 2026, 9:00:05 AM PDT',
    'Jul 20, 2026, 25:00:05 PDT',
    'Jul Aug 20, 2026, 9:00:05 PDT',
    'version 1.2.3 of 2026-07-20',
    '',
    '1'.repeat(10_000),
  ])('is not %j', (line) => {
    expect(parseLocalTime(line)).toBeNull();
  });
});

test('no name of a month means another one in another language', () => {
  for (const language of LANGUAGES) {
    for (const [index, names] of monthNames(language).entries()) {
      expect([language, names.map(monthOf)]).toEqual([language, names.map(() => index + 1)]);
    }
  }
});
