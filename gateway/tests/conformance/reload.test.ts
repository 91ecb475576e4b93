import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@colloquy/service';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { checkConfig, type RunningGateway, startGateway } from '../../src/index.ts';
import { ask, type RunningSubgraphs, serveSubgraphs } from '../support/federation.ts';
import { until } from '../support/gateway.ts';
import { check } from './check.ts';
import { suites } from './suites/index.ts';

jest.setTimeout(60_000);

let folder: string;
let gateway: RunningGateway;
let subgraphs: RunningSubgraphs | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reload-'));
  const first = await serveSubgraphs({ only: { sdl: 'type Query { nothing: Int }' } });
  await put(first.supergraphSdl);
  gateway = await startGateway(
    checkConfig({ supergraph: join(folder, 'supergraph.graphql'), port: 0, explorer: { enabled: false } }),
    { log: createLog({ name: 'gateway', level: 'silent' }), production: false },
  );
  await first.close();
});
afterAll(async () => {
  await gateway.close();
  await subgraphs?.close();
  await rm(folder, { recursive: true });
});

/** Puts a supergraph where the gateway looks for it, at once. */
async function put(supergraphSdl: string): Promise<void> {
  await writeFile(join(folder, 'next'), supergraphSdl);
  await rename(join(folder, 'next'), join(folder, 'supergraph.graphql'));
}

test.each(suites)('one process, by reload: $name', async ({ name, subgraphs: definition, cases }) => {
  await subgraphs?.close();
  subgraphs = await serveSubgraphs(definition);
  await put(subgraphs.supergraphSdl.replace(/^type Query$/m, `"""${name}"""\ntype Query`));
  await until(async () => {
    const { body } = await ask(gateway.url, '{ __type(name: "Query") { description } }');
    return body.data.__type.description === name;
  });
  for (const wanted of cases) await check(wanted, (...operation) => ask(gateway.url, ...operation), subgraphs);
  expect(subgraphs.refusals).toEqual([]);
});
