import { readFileSync } from 'node:fs';

const FILES = [
  'schema.graphql',
  'scalars/date-time.graphql',
  'search/page-info.graphql',
  'search/search.graphql',
  'search-hit/search-hit.graphql',
  'item/intelligence-type.graphql',
  'item/intelligence-item.graphql',
  'message/message.graphql',
];

/** The subgraph's schema as it is served and composed. */
export const typeDefs: string = FILES.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8')).join('\n');
