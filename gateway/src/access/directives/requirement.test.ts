import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isImplied, isMet, type Requirement } from './requirement.ts';

const NAMES = ['a', 'b', 'c', 'd'];
const requirement: fc.Arbitrary<Requirement> = fc.oneof(
  fc.constant({ kind: 'authenticated' } as const),
  fc.record({
    kind: fc.constantFrom('scopes' as const, 'policies' as const),
    anyOf: fc.array(fc.subarray(NAMES), { minLength: 1, maxLength: 3 }),
  }),
);
const grants = fc.record({
  authenticated: fc.boolean(),
  scopes: fc.subarray(NAMES).map((names) => new Set(names)),
  policies: fc.subarray(NAMES).map((names) => new Set(names)),
});

test('who meets what implies a requirement meets the requirement', () => {
  fc.assert(
    fc.property(requirement, fc.array(requirement, { maxLength: 4 }), grants, (wanted, given, who) => {
      fc.pre(isImplied(wanted, given) && given.every((each) => isMet(each, who)));
      expect(isMet(wanted, who)).toBe(true);
    }),
  );
});

test('what composition makes of two requirements is implied by them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.subarray(NAMES), { minLength: 1 }),
      fc.array(fc.subarray(NAMES), { minLength: 1 }),
      (x, y) => {
        const both = x.flatMap((some) => y.map((more) => [...some, ...more]));
        const of = (anyOf: string[][]) => ({ kind: 'scopes', anyOf }) as const;
        expect(isImplied(of(both), [of(x), of(y)])).toBe(true);
      },
    ),
  );
});

test('nothing is implied by nothing, nor by too many alternatives to look at', () => {
  expect(isImplied({ kind: 'authenticated' }, [])).toBe(false);
  const many = Array.from({ length: 10 }, (_, index) => [[`${index}a`], [`${index}b`]]);
  const given = many.map((anyOf) => ({ kind: 'scopes', anyOf }) as const);
  expect(isImplied({ kind: 'scopes', anyOf: [['0a'], ['0b']] }, given)).toBe(false);
});
