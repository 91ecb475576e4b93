import type { IncomingHttpHeaders } from 'node:http';
import type { Context } from '@opentelemetry/api';
import type { DocumentNode, GraphQLFormattedError, GraphQLSchema, OperationDefinitionNode } from 'graphql';

/**
 * What the gateway's parts tell of what they do: a few method calls with numbers, which end in metrics, in spans where
 * tracing is on, and in the log. Nothing here throws or waits.
 */
export interface Telemetry {
  /** Begins the record of an operation; of a subscription, the record of its opening. `finish` ends it. */
  beginOperation(context: TracedContext): OperationRecord;
  /**
   * Begins the record of one event of a subscription, which `finishEvent` ends. Its trace is its own and links to that
   * of the subscription, whose record is given.
   */
  beginEvent(opening: OperationRecord | undefined): OperationRecord;
  /** A lookup that found what it looked for, or did not. */
  lookup(cache: CacheName, hit: boolean): void;
  /** A query got its answer from the request of another one. */
  sharedFetch(subgraph: string): void;
  opened(what: Held): void;
  closed(what: Held): void;
  /** A generation of the schema took over. */
  schemaActive(id: string): void;
  /** A new supergraph could not be used. */
  schemaRefused(): void;
  /** Lets the metrics show the circuit breakers; they are read when somebody asks for the metrics. */
  watchBreakers(read: () => Iterable<BreakerReading>): void;
  /** Sends what is still to be sent. */
  close(): Promise<void>;
}

/** What telemetry reads of an operation's context. */
export interface TracedContext {
  readonly requestId: string;
  /** The client's, which may name a trace. */
  readonly headers: IncomingHttpHeaders;
  /** What the operation's spans are below, where its request has a span. */
  readonly trace?: Context | undefined;
}

/** What telemetry reads of an operation that ended. One that was refused early has no text, or was never prepared. */
export interface ReportedOperation {
  readonly request: {
    readonly query?: string | null | undefined;
    readonly operationName?: string | null | undefined;
    readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
  };
  readonly context: { readonly headers: IncomingHttpHeaders };
  readonly generation: { readonly apiSchema: GraphQLSchema };
  readonly query?: string;
  readonly prepared?: {
    readonly key: string;
    readonly document: DocumentNode;
    readonly definition: OperationDefinitionNode;
  };
}

export type CacheName = 'documents' | 'plans' | 'responses' | 'persisted';
/** What is open for a while: clients' subscriptions, subscriptions at subgraphs, WebSockets of clients. */
export type Held = 'subscriptions' | 'upstreams' | 'sockets';
export interface BreakerReading {
  readonly subgraph: string;
  readonly state: 'closed' | 'open' | 'half-open';
}

/**
 * Where an operation's time goes. `parse` and `validate` only where the text was not known; `prepare` is all else
 * before the plan. `fetch` lasts until the last answer of a subgraph, and `shape` from there to the answer's text.
 */
export type Phase = 'parse' | 'validate' | 'prepare' | 'plan' | 'fetch' | 'shape';

/** One operation, or one event of a subscription, as telemetry sees it. */
export interface OperationRecord {
  /** What went on since the last mark, or since the beginning, was this phase. After `plan`, execution begins. */
  mark(phase: 'parse' | 'validate' | 'prepare' | 'plan'): void;
  /** A fetch begins; `end` or `fail` ends it. */
  beginFetch(subgraph: string): FetchRecord;
  /** The operation is a trusted document, so its name may stand in the metrics. */
  trusted(): void;
  /** The answer came from the response cache. */
  cached(): void;
  /** Ends the record, once. `errors` are those of the answer. */
  finish(operation: ReportedOperation, errors: readonly GraphQLFormattedError[]): void;
  /** Ends the record of an event. */
  finishEvent(errors: readonly GraphQLFormattedError[]): void;
}

export type FetchOutcome = 'ok' | 'error' | 'timeout' | 'unavailable' | 'too_large' | 'breaker_open' | 'cancelled';

/** One fetch from a subgraph, as telemetry sees it. */
export interface FetchRecord {
  /** The headers with those that continue the trace; the same object when tracing is off. */
  traced(headers: Record<string, string>): Record<string, string>;
  /** The subgraph answered, with or without errors. */
  end(errors: readonly GraphQLFormattedError[] | undefined): void;
  /** There was no answer; `error` tells why. */
  fail(error: unknown): void;
}
