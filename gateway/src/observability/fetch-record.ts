import type { Span } from '@opentelemetry/api';
import type { GraphQLFormattedError } from 'graphql';
import { outcomeOf } from './fetch-outcome.ts';
import type { FetchOutcome, FetchRecord } from './telemetry.ts';
import type { OperationSpans } from './tracing/operation-spans.ts';

/** Whom a fetch belongs to. */
export interface FetchOwner {
  /** A fetch ended, at `now`; `error` is there when it had no answer. */
  endFetch(subgraph: string, outcome: FetchOutcome, milliseconds: number, now: number, error?: unknown): void;
}

/** Times of one fetch, in milliseconds of `performance.now()`. */
export class RunningFetch implements FetchRecord {
  private readonly owner: FetchOwner;
  private readonly subgraph: string;
  private readonly spans: OperationSpans | undefined;
  private readonly begunAt: number;
  private readonly span: Span | undefined;

  constructor(owner: FetchOwner, subgraph: string, spans: OperationSpans | undefined) {
    this.owner = owner;
    this.subgraph = subgraph;
    this.spans = spans;
    this.begunAt = performance.now();
    this.span = spans?.beginFetch(subgraph, this.begunAt);
  }

  traced(headers: Record<string, string>): Record<string, string> {
    return this.spans ? this.spans.traced(headers, this.span) : headers;
  }

  end(errors: readonly GraphQLFormattedError[] | undefined): void {
    this.close(errors === undefined || errors.length === 0 ? 'ok' : 'error');
  }

  fail(error: unknown): void {
    this.close(outcomeOf(error), error);
  }

  private close(outcome: FetchOutcome, error?: unknown): void {
    const now = performance.now();
    this.owner.endFetch(this.subgraph, outcome, now - this.begunAt, now, error);
    if (this.span) this.spans?.endFetch(this.span, outcome, now);
  }
}
