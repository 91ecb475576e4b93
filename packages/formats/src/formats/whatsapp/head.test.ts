import { describe, expect, test } from '@jest/globals';
import { DateOrderSurvey, wallClock } from './date-order.ts';
import { parseHead } from './head.ts';

/** The wall-clock time of a single line, in the order that the line itself suggests. */
function timeOf(line: string): string | null {
  const head = parseHead(line);
  if (head === null) return null;
  const survey = new DateOrderSurvey();
  survey.add(head);
  const time = wallClock(head, survey.decide().order);
  return time === null ? 'no date' : new Date(time).toISOString().slice(0, 19);
}

describe('the head of a line', () => {
  test.each([
    ['Android, United States', '12/31/20, 9:41 PM - Ann: hi', '2020-12-31T21:41:00'],
    ['Android, narrow space', '12/31/20, 9:41\u202fPM - Ann: hi', '2020-12-31T21:41:00'],
    ['Android, Britain', '31/12/2020, 9:41 pm - Ann: hi', '2020-12-31T21:41:00'],
    ['Android, Germany', '31.12.20, 21:41 - Ann: hi', '2020-12-31T21:41:00'],
    ['Android, Spain', '31/12/20 21:41 - Ann: hi', '2020-12-31T21:41:00'],
    ['Android, Mexico', '31/12/2020 9:41 p. m. - Ann: hi', '2020-12-31T21:41:00'],
    ['Android, Mexico, no-break space', '31/12/2020 9:41 p.\u00a0m. - Ann: hi', '2020-12-31T21:41:00'],
    ['Android, Netherlands', '31-12-20 21:41 - Ann: hi', '2020-12-31T21:41:00'],
    ['Android, Sweden', '2020-12-31 21:41 - Ann: hi', '2020-12-31T21:41:00'],
    ['Android, Canada', '2020-12-31, 9:41 p.m. - Ann: hi', '2020-12-31T21:41:00'],
    ['Android, Bulgaria', '31.12.2020 г., 21:41 - Ann: hi', '2020-12-31T21:41:00'],
    ['Android, Hungary', '2020. 12. 31. 21:41 - Ann: hi', '2020-12-31T21:41:00'],
    ['Android, Arabic digits and marks', '٣١\u200f/١٢\u200f/٢٠٢٠، ٩:٤١ م - Ann: hi', '2020-12-31T21:41:00'],
    ['Android, Devanagari digits', '३१/१२/२०, ९:४१ अपराह्न - Ann: hi', '2020-12-31T21:41:00'],
    ['Android, Thailand', '31/12/2563 21:41 - Ann: hi', '2020-12-31T21:41:00'],
    ['iOS, Germany', '[31.12.20, 21:41:05] Ann: hi', '2020-12-31T21:41:05'],
    ['iOS, United States', '[12/31/20, 9:41:05 PM] Ann: hi', '2020-12-31T21:41:05'],
    ['iOS, marked', '\u200e[12/31/20, 9:41:05\u202fPM] Ann: \u200eimage omitted', '2020-12-31T21:41:05'],
    ['iOS, Britain', '[31/12/2020, 21:41:05] Ann: hi', '2020-12-31T21:41:05'],
    ['iOS, Spain', '[31/12/20 21:41:05] Ann: hi', '2020-12-31T21:41:05'],
    ['iOS, Finland', '[31.12.2020 klo 21.41.05] Ann: hi', '2020-12-31T21:41:05'],
    ['iOS, Denmark', '[31.12.2020 21.41.05] Ann: hi', '2020-12-31T21:41:05'],
    ['iOS, Korea', '[2020. 12. 31. 오후 9:41:05] Ann: hi', '2020-12-31T21:41:05'],
    ['iOS, Korea, short year', '[20. 12. 31. 오후 9:41:05] Ann: hi', '2020-12-31T21:41:05'],
    ['iOS, China', '[2020/12/31 下午9:41:05] Ann: hi', '2020-12-31T21:41:05'],
    ['iOS, Japan', '[2020/12/31 21:41:05] Ann: hi', '2020-12-31T21:41:05'],
    ['iOS, Greece', '[31/12/20, 9:41:05 μ.μ.] Ann: hi', '2020-12-31T21:41:05'],
    ['Android, points in the time', '31-12-2020, 09.41 PM - Ann: hi', '2020-12-31T21:41:00'],
    ['iOS before 2018, Germany', '31.12.14 21.41.05: Ann: hi', '2014-12-31T21:41:05'],
    ['iOS before 2018', '31/12/14, 9:41:05 PM: Ann: hi', '2014-12-31T21:41:05'],
    ['noon', '12/31/20, 12:05 PM - Ann: hi', '2020-12-31T12:05:00'],
    ['midnight', '12/31/20, 12:05 AM - Ann: hi', '2020-12-31T00:05:00'],
  ])('%s', (_, line, time) => {
    expect(timeOf(line)).toBe(time);
  });

  test.each([
    'Dear diary',
    '12/31/20, 25:41 - Ann: hi',
    '12/31/20, 9:61 PM - Ann: hi',
    '45/46/20, 9:41 PM - Ann: hi',
    '1.2.3, 4:05 - Ann: hi',
    '12/31/20 - Ann: hi',
    '[12/31/20, 9:41 PM - Ann: hi',
    '12/31/20, 9:41 PM] Ann: hi',
    '12/31/20, 9:41: Ann: hi',
    '2020-12-31T21:41:05Z Ann: hi',
    '2020-12-31 21:41:05,123 - app - INFO - started',
    'at 12/31/20, 9:41 PM - Ann: hi',
  ])('%s has none', (line) => {
    expect(parseHead(line)).toBeNull();
  });
});

describe('the order of day and month', () => {
  const decide = (...dates: string[]) => {
    const survey = new DateOrderSurvey();
    for (const date of dates) {
      const head = parseHead(`${date}, 10:00 - Ann: hi`);
      if (head) survey.add(head);
    }
    const { order, certain } = survey.decide();
    return { order, certain };
  };

  test.each([
    ['a day beyond twelve, wherever it is', ['1/2/2023', '1/13/2023'], 'MDY', true],
    ['a day beyond twelve in the first place', ['1/2/2023', '13/2/2023'], 'DMY', true],
    ['that time goes forward', ['11/1/2023', '12/1/2023', '1/2/2024', '2/1/2024'], 'MDY', true],
    ['that time goes forward, day first', ['1/11/2023', '2/11/2023', '1/12/2023'], 'DMY', true],
    ['nothing, so the day is taken to come first', ['1/2/2023', '1/2/2023'], 'DMY', false],
    ['the year in front', ['2023/1/2', '2023/2/1'], 'YMD', true],
    ['a short year in front', ['30/12/31', '31/01/02'], 'YMD', true],
  ])('follows from %s', (_, dates, order, certain) => {
    expect(decide(...dates)).toEqual({ order, certain });
  });
});
