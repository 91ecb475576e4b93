import type { Log } from '@colloquy/service';
import type { GraphQLFormattedError } from 'graphql';
import { type FetchOwner, RunningFetch } from './fetch-record.ts';
import { type FailedFetch, logOperation } from './log-operation.ts';
import type { Counts } from './metrics/counts.ts';
import type { Durations, OperationType } from './metrics/durations.ts';
import type { FetchOutcome, FetchRecord, OperationRecord, Phase, ReportedOperation } from './telemetry.ts';
import type { OperationSpans } from './tracing/operation-spans.ts';

/** Where the records of operations end up. */
export interface Sinks {
  readonly counts: Counts;
  readonly durations: Durations;
  readonly log: Log;
  /** 0 when slowness is not logged. */
  readonly slowMilliseconds: number;
  countTrusted(name: string, failed: boolean, seconds: number): void;
  /** Tells others of each operation that ended. */
  report?(operation: ReportedOperation, outcome: OperationOutcome): void;
}

export interface OperationOutcome {
  readonly errors: readonly GraphQLFormattedError[];
  readonly milliseconds: number;
  readonly cached: boolean;
}

const NONE: readonly FailedFetch[] = [];

/** Times of one operation, or event, in milliseconds of `performance.now()`. */
export class RunningOperation implements OperationRecord, FetchOwner {
  private readonly sinks: Sinks;
  readonly requestId: string | undefined;
  private readonly begunAt: number;
  readonly spans: OperationSpans | undefined;
  private markedAt: number;
  private answeredAt = 0;
  private planned = false;
  private fromCache = false;
  private isTrusted = false;
  private failedFetches = NONE;

  constructor(sinks: Sinks, requestId: string | undefined, begunAt: number, spans: OperationSpans | undefined) {
    this.sinks = sinks;
    this.requestId = requestId;
    this.begunAt = begunAt;
    this.markedAt = begunAt;
    this.spans = spans;
  }

  mark(phase: 'parse' | 'validate' | 'prepare' | 'plan'): void {
    const now = performance.now();
    this.observe(phase, this.markedAt, now);
    this.markedAt = now;
    if (phase === 'plan') this.planned = true;
  }

  beginFetch(subgraph: string): FetchRecord {
    return new RunningFetch(this, subgraph, this.spans);
  }

  endFetch(subgraph: string, outcome: FetchOutcome, milliseconds: number, now: number, error?: unknown): void {
    this.answeredAt = now;
    this.sinks.durations.fetch(subgraph, outcome).observeMilliseconds(milliseconds);
    if (error === undefined || outcome === 'cancelled') return;
    const failed = { subgraph, outcome, milliseconds: Math.round(milliseconds), reason: reasonOf(error) };
    this.failedFetches = [...this.failedFetches, failed];
  }

  trusted(): void {
    this.isTrusted = true;
  }

  cached(): void {
    this.fromCache = true;
  }

  finish(operation: ReportedOperation, errors: readonly GraphQLFormattedError[]): void {
    const { sinks } = this;
    const now = performance.now();
    const milliseconds = now - this.begunAt;
    const failed = errors.length > 0;
    const definition = operation.prepared?.definition;
    const type: OperationType = definition?.operation ?? 'invalid';
    sinks.counts.operationsInFlight--;
    sinks.durations.operations[type][failed ? 'error' : 'ok'].observeMilliseconds(milliseconds);
    if (this.isTrusted && definition?.name) sinks.countTrusted(definition.name.value, failed, milliseconds / 1000);
    this.observeExecution(now);
    this.spans?.end(operation, errors, now);
    this.log(operation, errors, milliseconds);
    sinks.report?.(operation, { errors, milliseconds, cached: this.fromCache });
  }

  finishEvent(errors: readonly GraphQLFormattedError[]): void {
    const now = performance.now();
    const milliseconds = now - this.begunAt;
    this.sinks.durations.events[errors.length > 0 ? 'error' : 'ok'].observeMilliseconds(milliseconds);
    this.spans?.end(undefined, errors, now);
    this.log(undefined, errors, milliseconds);
  }

  private observeExecution(now: number): void {
    if (!this.planned) return;
    const fetched = Math.max(this.answeredAt, this.markedAt);
    if (this.answeredAt > 0) this.observe('fetch', this.markedAt, fetched);
    this.observe('shape', fetched, now);
  }

  private observe(phase: Phase, from: number, to: number): void {
    this.sinks.durations.phases[phase].observeMilliseconds(to - from);
    this.spans?.phase(phase, from, to);
  }

  private log(
    operation: ReportedOperation | undefined,
    errors: readonly GraphQLFormattedError[],
    milliseconds: number,
  ): void {
    const { slowMilliseconds, log } = this.sinks;
    const slow = slowMilliseconds > 0 && milliseconds > slowMilliseconds;
    if (errors.length === 0 && !slow) return;
    const { requestId, failedFetches } = this;
    logOperation(log, { requestId, milliseconds, errors, failedFetches, operation }, slow);
  }
}

/** What is at the bottom of an error, for the log. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}
