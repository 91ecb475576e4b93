import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readConfiguration } from './configuration.ts';

let folder: string;
const write = (text: string) => {
  const file = join(folder, 'supergraph.yaml');
  writeFileSync(file, text);
  return file;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'colloquy-schema-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('supergraph.yaml', () => {
  test('names subgraphs, their addresses and where their schemas lie', () => {
    const file = write(
      '# A comment\nsubgraphs:\n  a:\n    routing_url: http://a/graphql\n    schema: ../a\n\n  b:\n    schema: b\n    routing_url: http://b/graphql\n',
    );
    expect(readConfiguration(file)).toEqual([
      { name: 'a', routingUrl: 'http://a/graphql', schemaFolder: join(folder, '../a') },
      { name: 'b', routingUrl: 'http://b/graphql', schemaFolder: join(folder, 'b') },
    ]);
  });

  test('is refused with the place of what is not understood', () => {
    expect(() => readConfiguration(write('subgraphs:\n  a: [1]\n'))).toThrow('supergraph.yaml:2');
    expect(() => readConfiguration(write('subgraphs:\n  a:\n    schema: x\n'))).toThrow(
      'subgraph a has no "routing_url"',
    );
  });
});
