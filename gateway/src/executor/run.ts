import type { GraphQLFormattedError } from 'graphql';
import type { Fetch } from './fetch.ts';
import type { JsonObject } from './json.ts';

/** An error on its way to the client: what a subgraph said, or what became of a fetch. Not yet masked. */
export interface FetchFailure {
  readonly error: GraphQLFormattedError;
  /** Where it happened; absent for what the gateway itself found. */
  readonly subgraph?: string;
  /** What was thrown, for the log. */
  readonly cause?: unknown;
}

/** One execution of a compiled plan. */
export interface Run {
  /** What is known so far, under the names of the client's answer and some that the planner added. */
  data: JsonObject;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly failures: FetchFailure[];
  /** Whether no string in `data` has a character that JSON escapes, so that none has to be looked for. */
  plain: boolean;
  /** Whether all strings in `data` are ASCII, so that the answer has a byte for each character. */
  ascii: boolean;
  readonly fetch: Fetch;
}

/** One node of a plan. Never rejects: what fails is among the run's failures. */
export type Step = (run: Run) => Promise<void> | undefined;
