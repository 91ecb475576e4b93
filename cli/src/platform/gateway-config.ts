import { join } from 'node:path';
import { LOCAL_DEVELOPER } from '../client/credentials.ts';
import { REPOSITORY_ROOT } from '../repository.ts';
import type { ServiceName, ServicePorts } from './ports.ts';

/** Addresses of subgraphs that somebody runs elsewhere, by their settings. */
export interface SubgraphUrls {
  ARCHIVE_URL?: string | undefined;
  KNOWLEDGE_URL?: string | undefined;
  SEARCH_URL?: string | undefined;
}

/** The gateway's configuration file for this platform. Secrets and addresses of its own reach it by its environment. */
export function gatewayConfig(ports: ServicePorts, urls: SubgraphUrls) {
  const at = (name: ServiceName, given: string | undefined) => ({
    url: given ?? `http://127.0.0.1:${ports[name].port}/graphql`,
  });
  const { subject: sub, ...claims } = LOCAL_DEVELOPER;
  return {
    supergraph: join(REPOSITORY_ROOT, 'schema', 'supergraph.graphql'),
    subgraphs: {
      archive: at('archive', urls.ARCHIVE_URL),
      knowledge: at('knowledge', urls.KNOWLEDGE_URL),
      search: at('search', urls.SEARCH_URL),
    },
    routes: [
      { prefix: '/uploads/', methods: ['PUT'], subgraph: 'archive' },
      { prefix: '/exports/', methods: ['GET'], subgraph: 'archive' },
      { prefix: '/attachments/', methods: ['GET'], subgraph: 'archive' },
    ],
    readiness: { required: ['archive'] },
    // A subgraph says within half of this that its store is away; the rest is for a machine that is busy importing.
    traffic: { timeoutMilliseconds: 10_000 },
    subscriptions: {
      resume: { extractionProgress: { argument: 'after', cursor: 'cursor', withoutCursor: 'earliest' } },
    },
    // The gateway puts them to use in development and on loopback alone.
    explorer: { developmentClaims: { sub, ...claims } },
  };
}
