import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AnswerIdentity, answerKey, ownerOf } from './key.ts';

const text = fc.oneof(fc.constantFrom('', 'a', 'b', '"', ',', 'null', '["a"]', 'a","b'), fc.string({ maxLength: 4 }));
const claim = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 2 }));
const claims = fc.dictionary(fc.constantFrom('sub', 'tenant', 'iss', 'role'), claim);
const identity = fc.record({
  generationId: text,
  operationHash: text,
  visibleKey: text,
  variables: fc.dictionary(text, fc.jsonValue()) as fc.Arbitrary<Record<string, unknown>>,
  scope: fc.constantFrom('PUBLIC', 'PRIVATE'),
  owner: fc.option(fc.array(claim, { maxLength: 3 })),
  varying: fc.array(fc.tuple(text, fc.option(text)), { maxLength: 2 }),
}) as fc.Arbitrary<AnswerIdentity>;
const written = (value: unknown) => JSON.stringify(value);

describe('the key of a kept answer', () => {
  test('is equal for equal identities only', () => {
    fc.assert(
      fc.property(identity, identity, (one, other) => {
        expect(answerKey(one) === answerKey(other)).toBe(written(one) === written(other));
        expect(answerKey({ ...one })).toBe(answerKey(one));
      }),
      { numRuns: 2000 },
    );
  });

  test('any part that differs makes another key', () => {
    fc.assert(
      fc.property(identity, identity, (one, other) => {
        for (const part of Object.keys(one) as (keyof AnswerIdentity)[]) {
          if (written(one[part]) === written(other[part])) continue;
          expect(answerKey({ ...one, [part]: other[part] })).not.toBe(answerKey(one));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the owner of a private answer', () => {
  test('clients with different claims are never the same owner', () => {
    const names = fc.uniqueArray(fc.constantFrom('sub', 'tenant', 'role'), { minLength: 1 });
    fc.assert(
      fc.property(identity, claims, claims, names, (base, one, other, chosen) => {
        const owners = [one, other].map((given) => ownerOf(given, chosen));
        const [first, second] = owners;
        if (!first || !second) return;
        const same = [...chosen, 'iss'].every((name) => written(one[name] ?? null) === written(other[name] ?? null));
        const [key, otherKey] = [first, second].map((owner) => answerKey({ ...base, scope: 'PRIVATE', owner }));
        expect(key === otherKey).toBe(same);
      }),
      { numRuns: 2000 },
    );
  });

  test('is nobody where a claim is missing or says nothing', () => {
    expect(ownerOf(null, ['sub'])).toBeUndefined();
    expect(ownerOf({ name: 'x' }, ['sub'])).toBeUndefined();
    for (const empty of ['', null, undefined])
      expect(ownerOf({ sub: 'a', tenant: empty }, ['sub', 'tenant'])).toBeUndefined();
    expect(ownerOf({ sub: 'a' }, ['sub'])).toEqual([null, 'a']);
  });
});
