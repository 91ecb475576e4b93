import { createHash } from 'node:crypto';
import { type Context, type Span, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { GraphQLFormattedError } from 'graphql';
import type { FetchOutcome, Phase, ReportedOperation } from '../telemetry.ts';
import { withTraceparent } from './w3c.ts';

const MAX_NAME_LENGTH = 128;

/** The span of one operation or event, and those below it. Times are those of `performance.now()`. */
export class OperationSpans {
  readonly span: Span;
  private readonly tracer: Tracer;
  private readonly context: Context;
  private readonly documents: boolean;
  private readonly recording: boolean;

  constructor(options: { tracer: Tracer; span: Span; context: Context; documents: boolean }) {
    this.tracer = options.tracer;
    this.span = options.span;
    this.context = options.context;
    this.documents = options.documents;
    this.recording = options.span.isRecording();
  }

  phase(name: Phase, startTime: number, endTime: number): void {
    if (this.recording) this.tracer.startSpan(name, { startTime }, this.context).end(endTime);
  }

  /** The span of a fetch; none where the trace is not recorded. */
  beginFetch(subgraph: string, startTime: number): Span | undefined {
    if (!this.recording) return;
    const attributes = { 'graphql.subgraph.name': subgraph };
    return this.tracer.startSpan(`fetch ${subgraph}`, { kind: SpanKind.CLIENT, startTime, attributes }, this.context);
  }

  /** The headers with those that continue the trace below `fetch`, or below this span. */
  traced(headers: Readonly<Record<string, string>>, fetch: Span | undefined): Record<string, string> {
    return withTraceparent(headers, (fetch ?? this.span).spanContext());
  }

  endFetch(fetch: Span, outcome: FetchOutcome, endTime: number): void {
    fetch.setAttribute('graphql.fetch.outcome', outcome);
    if (outcome !== 'ok') fetch.setStatus({ code: SpanStatusCode.ERROR });
    fetch.end(endTime);
  }

  /** Ends the span with what became known of the operation since it began. */
  end(operation: ReportedOperation | undefined, errors: readonly GraphQLFormattedError[], endTime: number): void {
    if (this.recording) {
      if (operation) this.describe(operation);
      if (errors.length > 0) this.fail(errors);
    }
    this.span.end(endTime);
  }

  private describe({ query, prepared }: ReportedOperation): void {
    const { span } = this;
    if (query !== undefined) {
      span.setAttribute('graphql.document.hash', createHash('sha256').update(query).digest('hex'));
      if (this.documents) span.setAttribute('graphql.document', query);
    }
    const definition = prepared?.definition;
    if (!definition) return;
    span.updateName(definition.operation);
    span.setAttribute('graphql.operation.type', definition.operation);
    if (definition.name) {
      span.setAttribute('graphql.operation.name', definition.name.value.slice(0, MAX_NAME_LENGTH));
    }
  }

  private fail(errors: readonly GraphQLFormattedError[]): void {
    const codes = new Set(errors.map(({ extensions }) => String(extensions?.code)));
    this.span.setStatus({ code: SpanStatusCode.ERROR, message: [...codes].join(', ') });
    this.span.setAttribute('graphql.error.count', errors.length);
  }
}
