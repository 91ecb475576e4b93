import { describe, expect, test } from '@jest/globals';
import { readSettings } from '../environment.ts';
import { gatewayConfig } from './gateway-config.ts';
import { PORT_NAMES, servicePorts } from './ports.ts';
import { serviceDefinitions } from './services.ts';

const ports = servicePorts(Object.fromEntries(PORT_NAMES.map((name, index) => [name, 32_000 + index])), 4000);
const stores = {
  DATABASE_URL: 'postgresql://app@db/x',
  DATABASE_OWNER_URL: 'postgresql://owner@db/x',
  REDIS_URL: 'redis://r',
  NEO4J_URL: 'bolt://n',
  NEO4J_USER: 'neo4j',
  NEO4J_PASSWORD: 'p',
  WEAVIATE_URL: 'http://w',
  EMBEDDER_MODEL: 'all-MiniLM-L6-v2',
  EMBEDDER_MODEL_FOLDER: '/models',
};

function definitions(environment: Record<string, string> = {}, jwtSecret: string | null = 'j'.repeat(32)) {
  const settings = readSettings({ PATH: '/bin', HOST: '0.0.0.0', UNRELATED: 'x', AWS_REGION: 'eu', ...environment });
  const inputs = { settings, stores, ports, identitySecret: 'i'.repeat(32), jwtSecret, gatewayConfig: '/g.json' };
  const all = serviceDefinitions({ ...inputs, objectStoreUrl: settings.OBJECT_STORE_URL ?? 'file:/objects' });
  return Object.fromEntries(all.map((definition) => [definition.name, definition]));
}

describe('our processes', () => {
  test('get only what they need', () => {
    const { archive, knowledge, search, worker, gateway } = definitions();
    expect(Object.keys(knowledge?.env ?? {})).not.toContain('DATABASE_URL');
    expect(Object.keys(search?.env ?? {})).not.toContain('NEO4J_PASSWORD');
    expect(Object.keys(archive?.env ?? {})).not.toContain('WEAVIATE_URL');
    expect(worker?.env).toMatchObject({ DATABASE_URL: stores.DATABASE_URL, EMBEDDER_MODEL_FOLDER: '/models' });
    expect(worker?.env).not.toHaveProperty('IDENTITY_SECRET');
    for (const definition of [archive, knowledge, search, gateway]) {
      expect(definition?.env).not.toHaveProperty('DATABASE_OWNER_URL');
      expect(definition?.env).not.toHaveProperty('UNRELATED');
      expect(definition?.env).not.toHaveProperty('AWS_REGION');
      expect(definition?.env).toHaveProperty('IDENTITY_SECRET');
    }
    expect(archive?.env).not.toHaveProperty('JWT_SECRET');
    expect(gateway?.env).toHaveProperty('JWT_SECRET');
  });

  test('listen on the loopback address, except for the gateway', () => {
    const { archive, gateway } = definitions();
    expect(archive?.env.HOST).toBe('127.0.0.1');
    expect(gateway?.env).toMatchObject({ HOST: '0.0.0.0', PORT: '4000' });
    expect(gateway?.address).toBe('http://127.0.0.1:4000');
  });

  test('hand on the credentials of an S3 object store', () => {
    expect(definitions({ OBJECT_STORE_URL: 's3://bucket' }).archive?.env).toMatchObject({ AWS_REGION: 'eu' });
  });

  test("an identity provider's keys take the place of a secret", () => {
    const { gateway } = definitions({ JWT_JWKS_URL: 'https://id.example.org/keys' }, null);
    expect(gateway?.env.JWT_JWKS_URL).toBe('https://id.example.org/keys');
    expect(gateway?.env).not.toHaveProperty('JWT_SECRET');
  });
});

test('the gateway learns where the subgraphs are, and of one that somebody else runs', () => {
  const config = gatewayConfig(ports, { SEARCH_URL: 'http://elsewhere/graphql' });
  expect(config.subgraphs.archive.url).toMatch(/^http:\/\/127\.0\.0\.1:32\d{3}\/graphql$/);
  expect(config.subgraphs.search.url).toBe('http://elsewhere/graphql');
  expect(config.explorer.developmentClaims).toEqual({
    sub: 'developer',
    name: 'Developer',
    tenant: 'local',
    role: 'ADMINISTRATOR',
  });
});
