import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secret } from '@colloquy/stack';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { readSettings } from '../environment.ts';
import { CliError } from '../exit.ts';
import { LOCAL_DEVELOPER, platformToken, signToken } from './credentials.ts';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'colloquy-home-'));
});
afterAll(() => rm(home, { recursive: true }));

function settings(more: Record<string, string> = {}) {
  return readSettings({ COLLOQUY_HOME: home, ...more });
}

describe('tokens', () => {
  test('carry the claims that the platform reads, signed with the secret of the home', async () => {
    const token = await platformToken(settings());
    const key = new TextEncoder().encode(await secret(home, 'jwt'));
    const { payload } = await jwtVerify(token, key, { issuer: 'colloquy', audience: 'colloquy' });
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(payload).toMatchObject({ sub: 'developer', name: 'Developer', tenant: 'local', role: 'ADMINISTRATOR' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(12 * 3600);
  });

  test('follow JWT_SECRET, JWT_ISSUER and JWT_AUDIENCE', async () => {
    const JWT_SECRET = 's'.repeat(32);
    const holder = { ...LOCAL_DEVELOPER, tenant: 'team', role: 'READ_ONLY' as const };
    const token = await signToken(settings({ JWT_SECRET, JWT_ISSUER: 'i', JWT_AUDIENCE: 'a' }), holder, 60);
    const { payload } = await jwtVerify(token, new TextEncoder().encode(JWT_SECRET), { issuer: 'i', audience: 'a' });
    expect(payload).toMatchObject({ tenant: 'team', role: 'READ_ONLY' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
  });

  test('a given token is used as it is', async () => {
    expect(await platformToken(settings({ COLLOQUY_TOKEN: 'given' }))).toBe('given');
  });

  test('are not made up where an identity provider issues them', async () => {
    const provided = settings({ JWT_JWKS_URL: 'https://id.example.org/jwks.json' });
    await expect(platformToken(provided)).rejects.toThrow(CliError);
  });
});
