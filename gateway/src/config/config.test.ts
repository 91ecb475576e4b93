import { describe, expect, test } from '@jest/globals';
import { ConfigError, checkConfig } from './config.ts';
import { mergeSettings } from './load.ts';

describe('the configuration', () => {
  test('needs no more than a supergraph', () => {
    expect(checkConfig({ supergraph: 'supergraph.graphql' })).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      explorer: { enabled: true },
      limits: { bodyBytes: 1_048_576 },
    });
  });

  test.each<[string, object, RegExp]>([
    ['an unknown setting', { ports: 1 }, /Unrecognized key: "ports"/],
    ['a port that is none', { port: 70_000 }, /port: /],
    [
      'both ways to verify a token',
      { jwt: { secret: 'x'.repeat(32), jwksUrl: 'https://a.example' } },
      /either secret or/,
    ],
    [
      'a shared algorithm for published keys',
      { jwt: { jwksUrl: 'https://a.example', algorithms: ['HS256'] } },
      /symmetric/,
    ],
    ['the algorithm none', { jwt: { secret: 'x'.repeat(32), algorithms: ['none'] } }, /jwt\.algorithms/],
    ['a route that is no folder', { routes: [{ prefix: '/', methods: ['PUT'], subgraph: 'a' }] }, /routes\.0\.prefix/],
    ['a short secret, which is not shown', { identity: { secret: 'hunter2' } }, /identity\.secret: (?!.*hunter2)/],
  ])('refuses %s', (_name, settings, message) => {
    const check = () => checkConfig({ supergraph: 'x', ...settings });
    expect(check).toThrow(ConfigError);
    expect(check).toThrow(message);
  });

  test('later layers win, setting by setting', () => {
    const file = { port: 1, jwt: { issuer: 'file', secret: 'file' }, allowedHosts: ['a'] };
    const environment = { port: 2, host: undefined, jwt: { secret: 'environment', audience: undefined } };
    expect(mergeSettings(file, environment, { allowedHosts: ['b'] })).toEqual({
      port: 2,
      jwt: { issuer: 'file', secret: 'environment' },
      allowedHosts: ['b'],
    });
  });
});
