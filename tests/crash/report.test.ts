import { expect, test } from '@jest/globals';
import { markdown, median } from './report.ts';
import type { CaseResult } from './result.ts';

const RESULT: CaseResult = {
  part: 'redis',
  fault: 'kill',
  round: 1,
  seed: 1,
  momentMs: 700,
  stage: 'EXTRACT',
  ended: 'COMPLETED',
  lost: 0,
  doubled: 0,
  missing: 0,
  extra: 0,
  equal: true,
  awaySeconds: 1,
  waited: true,
  recoverySeconds: 2,
  endSeconds: 3,
  faults: [],
  load: 0.5,
  commit: 'abc',
  date: '2030-01-01T00:00:00.000Z',
};
const ABOUT = { archive: 'small', machine: 'a machine' };

test.each([
  [[], 0],
  [[3], 3],
  [[1, 9, 2], 2],
  [[1, 2, 3, 10], 2.5],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});

test('a row tells medians and maxima over what still ran', () => {
  const page = markdown(
    [
      RESULT,
      { ...RESULT, round: 2, recoverySeconds: 4 },
      { ...RESULT, round: 3, waited: false, recoverySeconds: 0, endSeconds: 0 },
    ],
    ABOUT,
  );
  expect(page).toContain('| redis | kill | 3 | 3 | 0 | 0 | 0 / 0 | 1 | 2 | 3 | 4 |');
  expect(page).not.toContain('## Failures');
});

test('failures are listed; one that a later run mended stays in sight and no longer counts', () => {
  const failed = { ...RESULT, ended: 'FAILED', faults: ["The session's last status is FAILED."] };
  expect(markdown([failed], ABOUT)).toContain('## Failures');
  const mended = markdown([failed, RESULT], ABOUT);
  expect(mended).toContain('1 cases, 1 as they have to be');
  expect(mended).toContain('## Earlier runs that failed');
  expect(mended).not.toContain('## Failures');
});
