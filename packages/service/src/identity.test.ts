import { describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { createIdentitySigner } from './identity.ts';

const secret = 'a secret of thirty-two characters or more';

describe('a signed identity', () => {
  const signer = createIdentitySigner(secret);
  const identity = { subject: 'user-1', claims: { sub: 'user-1', tenant: 'local', exp: 1 } };

  test('comes back as it was signed', async () => {
    expect(await signer.verify(await signer.sign(identity))).toEqual(identity);
  });

  test('of another secret is refused', async () => {
    const other = createIdentitySigner(`${secret} of somebody else`);
    await expect(signer.verify(await other.sign(identity))).rejects.toThrow('signature verification failed');
  });

  test.each([
    ['without an expiry', { typ: 'identity+jwt' }, {}],
    ['that has expired', { typ: 'identity+jwt' }, { exp: 1_000_000 }],
    ['that is a client token', { typ: 'JWT' }, { exp: 4_000_000_000 }],
  ])('%s is refused', async (_name, header, payload) => {
    const token = await new SignJWT({ claims: {}, ...payload })
      .setProtectedHeader({ alg: 'HS256', ...header })
      .setSubject('user-1')
      .setIssuer('colloquy-gateway')
      .setAudience('colloquy-subgraph')
      .sign(new TextEncoder().encode(secret));
    await expect(signer.verify(token)).rejects.toThrow();
  });
});
