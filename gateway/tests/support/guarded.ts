import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@colloquy/service';
import { checkConfig, type GatewaySettings, type RunningGateway, startGateway } from '../../src/index.ts';
import { type FederationDefinition, type RecordedFetch, serveSubgraphs } from './federation.ts';
import { type Answer, JWT_SECRET, token } from './gateway.ts';

export interface Guarded {
  readonly gateway: RunningGateway;
  /** What the subgraphs were asked; the tests empty it. */
  readonly fetches: RecordedFetch[];
  /** Sends an operation by POST; `claims` are those of the client's token, null for a client without one. */
  ask(
    query: string,
    options?: { variables?: object; claims?: Record<string, unknown> | null; headers?: Record<string, string> },
  ): Promise<Answer>;
  close(): Promise<void>;
}

/** Subgraphs with a gateway before them that verifies tokens. */
export async function startGuarded(
  definition: FederationDefinition,
  { production = false, ...settings }: Partial<GatewaySettings> & { production?: boolean } = {},
): Promise<Guarded> {
  const subgraphs = await serveSubgraphs(definition);
  const folder = await mkdtemp(join(tmpdir(), 'guarded-'));
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, subgraphs.supergraphSdl);
  const gateway = await startGateway(
    checkConfig({ supergraph, port: 0, explorer: { enabled: false }, ...settings, jwt: { secret: JWT_SECRET } }),
    { log: createLog({ name: 'gateway', level: 'silent' }), production },
  );
  return {
    gateway,
    fetches: subgraphs.fetches,
    async ask(query, { variables, claims = {}, headers = {} } = {}) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(claims && { authorization: `Bearer ${await token(claims)}` }),
          ...headers,
        },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
    async close() {
      await gateway.close();
      await subgraphs.close();
      await rm(folder, { recursive: true });
    },
  };
}
