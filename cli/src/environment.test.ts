import { describe, expect, test } from '@jest/globals';
import { coloursAllowed, readSettings } from './environment.ts';
import { UsageError } from './exit.ts';

describe('settings', () => {
  test('have defaults, and an empty variable counts as unset', () => {
    const settings = readSettings({ PORT: '', JWT_SECRET: '' });
    expect(settings).toMatchObject({ HOST: '127.0.0.1', PORT: 4000, COLLOQUY_URL: 'http://localhost:4000' });
    expect(settings.COLLOQUY_HOME).toMatch(/\.colloquy$/);
    expect(settings.stores).toEqual({});
  });

  test.each([
    [{ PORT: '4100' }, 'http://localhost:4100'],
    [{ COLLOQUY_URL: 'http://example.org:81/' }, 'http://example.org:81'],
    [{ COLLOQUY_URL: 'http://localhost:4000/graphql' }, 'http://localhost:4000'],
  ])('%j leads to %s', (source, url) => {
    expect(readSettings(source).COLLOQUY_URL).toBe(url);
  });

  test('keep the addresses of stores apart', () => {
    const stores = { DATABASE_URL: 'postgresql://a/b', NEO4J_URL: 'bolt://c' };
    expect(readSettings({ ...stores, OTHER: 'x' }).stores).toEqual(stores);
  });

  test('name every variable that is wrong', () => {
    expect(() => readSettings({ PORT: 'http', EMBEDDER: 'magic' })).toThrow(UsageError);
    expect(() => readSettings({ PORT: 'http', EMBEDDER: 'magic' })).toThrow(/PORT[\s\S]*EMBEDDER/);
  });

  test('NO_COLOR turns colours off', () => {
    expect(coloursAllowed({ NO_COLOR: '1' })).toBe(false);
    expect(coloursAllowed({ NO_COLOR: '' })).toBe(true);
  });
});
