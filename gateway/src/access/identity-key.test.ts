import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { identityKey } from './identity-key.ts';

const claims = fc.dictionary(fc.string(), fc.jsonValue());

test('is equal for equal claims in any order, whatever is said of the token itself', () => {
  fc.assert(
    fc.property(claims, fc.integer(), fc.string(), (given, time, id) => {
      const reversed = Object.fromEntries(Object.entries(given).reverse());
      const { iat: _iat, nbf: _nbf, exp: _exp, jti: _jti, ...identity } = given;
      expect(identityKey({ ...reversed, iat: time, nbf: time, exp: time, jti: id })).toBe(identityKey(identity));
    }),
  );
});

test('differs for different claims', () => {
  fc.assert(
    fc.property(claims, fc.string(), fc.jsonValue(), fc.jsonValue(), (given, name, one, other) => {
      fc.pre(
        !['iat', 'nbf', 'exp', 'jti', '__proto__'].includes(name) && JSON.stringify(one) !== JSON.stringify(other),
      );
      expect(identityKey({ ...given, [name]: one })).not.toBe(identityKey({ ...given, [name]: other }));
    }),
  );
  expect(identityKey(null)).not.toBe(identityKey({}));
});
