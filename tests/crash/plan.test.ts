import { expect, test } from '@jest/globals';
import { caseKey, FAULTS, PARTS, planCases } from './plan.ts';

const WHOLE = { parts: PARTS, faults: FAULTS, rounds: 5, seed: 1 };

test('every part meets every fault in every round, each case once', () => {
  const cases = planCases(WHOLE);
  expect(cases).toHaveLength(90);
  expect(new Set(cases.map(caseKey)).size).toBe(90);
});

test('the moments of a cell are spread over the import', () => {
  for (const { moment, round } of planCases(WHOLE)) {
    expect(moment).toBeGreaterThanOrEqual((round - 1) / 5);
    expect(moment).toBeLessThan(round / 5);
  }
});

test('a moment follows from the seed and the cell alone', () => {
  const moments = (cases: ReturnType<typeof planCases>) => new Map(cases.map((one) => [caseKey(one), one.moment]));
  const whole = moments(planCases(WHOLE));
  for (const [key, moment] of moments(planCases({ ...WHOLE, parts: ['redis'], faults: ['freeze'] }))) {
    expect(whole.get(key)).toBe(moment);
  }
  const other = planCases({ ...WHOLE, seed: 2 });
  expect(other.map(({ moment }) => moment)).not.toEqual(planCases(WHOLE).map(({ moment }) => moment));
});

test('no part is killed twice in a row', () => {
  const cases = planCases(WHOLE);
  expect(cases.filter((one, index) => one.part === cases[index + 1]?.part)).toEqual([]);
});
