import type { DocumentNode } from 'graphql';
import type { SubgraphAnswer } from '../executor/fetch.ts';
import type { OperationContext, OperationRequest } from '../operation/operation.ts';
import type { Generation } from '../schema/generation.ts';

/** A validated, authorised, planned and compiled subscription. */
export interface PreparedSubscription {
  /** Same for equal schema generation, text, operation name and access outcome; variables are apart. */
  readonly key: string;
  readonly generation: Generation;
  /** The client's document. */
  readonly document: DocumentNode;
  /** The operation's coerced variables. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Name of the one root field. */
  readonly field: string;
  /** What is subscribed to at the subgraph that has the root field. */
  readonly source: SubscriptionSource;
  /** Completes one event with the fields of the other subgraphs; never rejects. Gives the text of a whole response. */
  complete(event: SubgraphAnswer, context: OperationContext): Promise<string>;
}

export interface SubscriptionSource {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Prepares a subscription on the current schema. Throws OperationError when it cannot be served. */
export type PrepareSubscription = (
  request: OperationRequest,
  context: OperationContext,
) => Promise<PreparedSubscription>;
