import type { GraphQLFormattedError } from 'graphql';
import type { JsonObject } from './json.ts';

/** One operation for a subgraph, as the executor hands it out. */
export interface FetchRequest {
  readonly subgraph: string;
  readonly kind: 'query' | 'mutation';
  /** The whole body of the POST: JSON with `query` and, where there are any, `variables`. */
  readonly body: string;
  /** How many entities are asked for; 0 for root fields. */
  readonly entities: number;
}

/** A subgraph's parsed answer. The executor keeps and changes `data`, so no two fetches may share it. */
export interface SubgraphAnswer {
  data?: JsonObject | null | undefined;
  readonly errors?: readonly GraphQLFormattedError[];
  /**
   * Whether no string in `data` has a character that JSON escapes: the answer's text had no backslash, and JSON has no
   * other way to write one.
   */
  readonly plain?: boolean;
  /** Whether all strings in `data` are ASCII, because the whole text was and had no escapes. */
  readonly ascii?: boolean;
}

/**
 * The data of an answer, which is then no longer in it. A promise that waited for long enough to be old for the garbage
 * collector would otherwise keep what it brought, after it is done with, until the next full collection.
 */
export function takeData(answer: SubgraphAnswer): JsonObject | null | undefined {
  const { data } = answer;
  answer.data = undefined;
  return data;
}

/** Sends one operation to a subgraph. Throws SubgraphUnavailableError (upstream/errors.ts) when there is no answer. */
export type Fetch = (request: FetchRequest) => Promise<SubgraphAnswer>;
