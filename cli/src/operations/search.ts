import { z } from 'zod';
import type { Connection } from '../client/connection.ts';
import { request } from '../client/graphql.ts';

export const SEARCH_MODES = ['KEYWORD', 'VECTOR', 'HYBRID'] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];

const place = z.object({ id: z.string(), title: z.string().nullable(), platform: z.object({ name: z.string() }) });
const hit = z.object({
  score: z.number(),
  snippet: z.string(),
  node: z.discriminatedUnion('__typename', [
    z.object({
      __typename: z.literal('IntelligenceItem'),
      id: z.string(),
      type: z.string(),
      title: z.string(),
      occurredAt: z.string().nullable(),
      conversation: place,
    }),
    z.object({
      __typename: z.literal('Message'),
      id: z.string(),
      role: z.string(),
      createdAt: z.string().nullable(),
      conversation: place,
    }),
  ]),
});
/** One hit of a search: an item or a message, with its conversation. */
export type SearchHit = z.infer<typeof hit>;

const operation = {
  document: `query Search($text: String!, $mode: SearchMode!, $first: Int!, $filter: SearchFilter) {
    search(text: $text, mode: $mode, first: $first, filter: $filter) {
      totalCount
      edges { node { score snippet node {
        __typename
        ... on IntelligenceItem { id type title occurredAt conversation { id title platform { name } } }
        ... on Message { id role createdAt conversation { id title platform { name } } }
      } } }
    }
  }`,
  data: z.object({
    search: z.object({ totalCount: z.number().nullable(), edges: z.array(z.object({ node: hit })) }).nullable(),
  }),
};

/** What to search for. */
export interface SearchRequest {
  text: string;
  mode: SearchMode;
  first: number;
  platforms?: string[] | undefined;
  types?: string[] | undefined;
}

/** The best hits, best first. Throws a PartAwayError while the search store is away. */
export async function search(connection: Connection, wanted: SearchRequest): Promise<SearchHit[]> {
  const { text, mode, first, ...filter } = wanted;
  const answer = await request(connection, operation, { text, mode, first, filter });
  return answer.search?.edges.map((edge) => edge.node) ?? [];
}
