import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { freePort, type RunningProcess, startOnCore } from '../gateway-process.ts';
import { node } from '../gateways/gateway.ts';
import { SDL, SUBGRAPHS } from './sdl.ts';
import type { SubgraphCounts } from './server.ts';

export interface RunningSubgraphs extends RunningProcess {
  /** Path of the composed schema. */
  supergraph: string;
  /** Path of the list of the subgraphs; see GatewaySetup. */
  services: string;
  counts(): Promise<SubgraphCounts>;
}

/** Starts the subgraphs' process and composes their schemas; both files are written to the folder. */
export async function startSubgraphs(core: number, dataFile: string, folder: string): Promise<RunningSubgraphs> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const services = SUBGRAPHS.map((name) => ({ name, url: `${origin}/${name}`, schema: SDL[name] }));
  const { supergraphSdl, errors } = composeServices(
    services.map(({ schema, ...service }) => ({ ...service, typeDefs: parse(schema) })),
  );
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join('\n'));
  const paths = { supergraph: join(folder, 'supergraph.graphql'), services: join(folder, 'services.json') };
  writeFileSync(paths.supergraph, supergraphSdl);
  writeFileSync(paths.services, JSON.stringify(services));

  const counts = async (): Promise<SubgraphCounts> => (await fetch(origin)).json() as Promise<SubgraphCounts>;
  const running = await startOnCore(core, node(join(import.meta.dirname, 'main.ts'), dataFile, String(port)), {
    folder,
    ready: () => counts().then(Boolean, () => false),
  });
  return { ...running, ...paths, counts };
}
