import type { IncomingHttpHeaders } from 'node:http';
import type { Context } from '@opentelemetry/api';
import type { GraphQLFormattedError } from 'graphql';
import type { Caller } from '../access/claims.ts';
import type { AnswerSlot } from '../cache/slot.ts';
import type { OperationRecord } from '../observability/telemetry.ts';
import type { Generation } from '../schema/generation.ts';
import type { EventSink, Subscription } from '../subscriptions/sink.ts';
import type { PreparedOperation } from './prepared-operation.ts';
import type { VisibleDocument } from './visible-document.ts';

/** What a client sends, in any of the protocols. */
export interface OperationRequest {
  readonly query?: string | null | undefined;
  /** Names the text instead of sending it. */
  readonly documentId?: string | null | undefined;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

/** What belongs to one operation on its way through the gateway, whatever carries it. */
export interface OperationContext {
  readonly requestId: string;
  readonly caller: Caller;
  /** Fires when the client is gone. */
  readonly signal: AbortSignal;
  /** The client's headers: of its request, or of its socket's handshake. */
  readonly headers: IncomingHttpHeaders;
  /** Whether a mutation is refused (GET). */
  readonly readOnly: boolean;
  /** Whether events can be delivered. */
  readonly streams: boolean;
  /** What spans of the operation are below; there when tracing is on. */
  readonly trace?: Context | undefined;
}

/** An operation on its way through the steps of the operation path; each step fills in what the later ones read. */
export interface Operation {
  readonly request: OperationRequest;
  readonly context: OperationContext;
  /** The schema that it began on, and ends on. */
  readonly generation: Generation;
  readonly record: OperationRecord;
  /** The text, once a persisted one is found. */
  query: string;
  /** Parsed and validated; shared with all operations of the same text, so nothing in it is changed. */
  prepared: PreparedOperation;
  /** Coerced, with defaults. */
  variables: Readonly<Record<string, unknown>>;
  /** What of the document this client may see, which is what is planned; the answer has the shape of the whole. */
  visible: VisibleDocument;
  /** Errors that go beside the data, such as those of fields that this client may not see. */
  readonly errors: GraphQLFormattedError[];
  /** Headers of the answer. */
  readonly responseHeaders: Record<string, string>;
  /** Where its answer is to be kept, if it is. */
  slot?: AnswerSlot;
}

/** One answer. */
export interface Answer {
  readonly kind: 'answer';
  /** The text of a whole GraphQL response; empty when it has been sent. */
  json: string;
  /** Whether `json` is known to be ASCII, so that its bytes need not be counted. */
  readonly ascii?: boolean;
  /** Of HTTP, where the carrier has one. */
  readonly status: number;
  /** Of HTTP for clients that know `application/json` alone; absent: as for all. */
  readonly legacyStatus?: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** A subscription that is ready to begin. */
export interface EventStream {
  readonly kind: 'stream';
  /**
   * Begins to deliver events, each the text of a whole GraphQL response. `after` goes over the cursor that the operation
   * itself asks for, where its field has one.
   */
  open(sink: EventSink, after?: string): Subscription;
}

/** Refuses or fails an operation as a whole; the errors are fit for the client. `status` is HTTP's. */
export class OperationError extends Error {
  override readonly name = 'OperationError';
  readonly errors: readonly GraphQLFormattedError[];
  readonly status: number;
  constructor(errors: readonly GraphQLFormattedError[], status = 400) {
    super(errors[0]?.message ?? 'The operation failed.');
    this.errors = errors;
    this.status = status;
  }
}
