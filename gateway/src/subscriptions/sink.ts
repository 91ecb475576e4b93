import type { GraphQLFormattedError } from 'graphql';

/** Where the events of one subscription go: a client's socket or stream. Its methods neither throw nor wait. */
export interface EventSink {
  /**
   * Takes the text of a whole GraphQL response, and the event's cursor where its field has one. False asks for a pause
   * until `Subscription.ready()`.
   */
  next(json: string, cursor: string | undefined): boolean;
  /** There is no more: because of errors that are fit for the client, or because the source is complete. */
  end(errors: readonly GraphQLFormattedError[] | undefined): void;
}

/** A client's hold on its subscription. */
export interface Subscription {
  /** The client can take events again. */
  ready(): void;
  /** The client wants no more; nothing is delivered after this. */
  close(): void;
}
