import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { neo4j } from './stores/neo4j/store.ts';
import { postgres } from './stores/postgres/store.ts';
import { redis } from './stores/redis/store.ts';
import { weaviate } from './stores/weaviate/store.ts';

interface Service {
  image: string;
  ports?: string[];
  command?: string[];
  depends_on?: Record<string, unknown> | string[];
}

const { load } = createRequire(import.meta.url)('js-yaml') as { load(text: string): unknown };
const text = readFileSync(new URL('../../../docker-compose.yml', import.meta.url), 'utf8');
const { services } = load(text) as { services: Record<string, Service> };

test('the compose file has the services that the stack starts by name', () => {
  for (const { composeService } of [postgres, redis, neo4j, weaviate]) {
    expect(services).toHaveProperty(composeService ?? '');
  }
});

test('the compose file runs every process of ours, from files of the checkout', () => {
  const commands = Object.values(services).map(({ command }) =>
    command
      ?.filter((argument) => !/^--(max|heap)-/.test(argument))
      .slice(0, 2)
      .join(' '),
  );
  expect(commands).toEqual(
    expect.arrayContaining([
      'node packages/database/src/migrate/main.ts',
      'node subgraphs/archive/src/main.ts',
      'node subgraphs/knowledge/src/main.ts',
      'node subgraphs/search/src/main.ts',
      'node pipeline/src/main.ts',
      'node gateway/src/main.ts',
    ]),
  );
});

test('everything that is published is published on the loopback address alone', () => {
  const published = Object.values(services).flatMap(({ ports }) => ports ?? []);
  expect(published.length).toBeGreaterThan(5);
  expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
});

test('nothing depends on a service that is not there', () => {
  const wanted = Object.values(services).flatMap(({ depends_on: on = [] }) =>
    Array.isArray(on) ? on : Object.keys(on),
  );
  expect(wanted.filter((name) => !(name in services))).toEqual([]);
});
