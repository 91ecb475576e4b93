import { readFileSync } from 'node:fs';

const FILES = [
  'schema.graphql',
  'item/intelligence-item.graphql',
  'dependency-chain/dependency-chain.graphql',
  'evolution/evolution.graphql',
  'hub/hub.graphql',
];

/** The subgraph's schema as it is served and composed. */
export const typeDefs: string = FILES.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8')).join('\n');
