import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Log } from '@colloquy/service';
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TracingConfig } from '../../config/telemetry.ts';
import { createExporter } from './exporter.ts';
import { OperationSpans } from './operation-spans.ts';
import { readTraceparent } from './w3c.ts';

/** The span of one HTTP request; what goes on during the request has `context` as its parent. */
export interface RequestSpan {
  readonly context: Context;
  end(status: number): void;
}

/** Makes spans and sends them off in batches. Context is handed on by arguments, so a request pays for no hooks. */
export interface Tracing {
  /** A request arrived, perhaps as a part of a client's trace. */
  beginRequest(method: string, path: string, headers: IncomingHttpHeaders): RequestSpan;
  /** Where operations belong whose request has no span, such as those of a WebSocket: to the client's trace, if any. */
  contextOf(headers: IncomingHttpHeaders): Context;
  beginOperation(parent: Context, requestId: string, startedAt: number): OperationSpans;
  beginEvent(opening: OperationSpans | undefined, startedAt: number): OperationSpans;
  /** Sends what is left; gives up after a second. */
  close(): Promise<void>;
}

const CLOSE_MILLISECONDS = 1000;

export function createTracing(config: TracingConfig, log: Log): Tracing {
  const provider = new TracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': config.serviceName })),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(config.ratio) }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: createExporter({ endpoint: config.endpoint, headers: config.headers, log }),
        scheduledDelayMillis: config.batchMilliseconds,
      }),
    ],
  });
  const tracer: Tracer = provider.getTracer('colloquy-gateway');

  function contextOf(headers: IncomingHttpHeaders): Context {
    const remote = config.followClients ? readTraceparent(headers) : undefined;
    return remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
  }

  function spans(span: Span, parent: Context): OperationSpans {
    return new OperationSpans({ tracer, span, context: trace.setSpan(parent, span), documents: config.documents });
  }

  return {
    contextOf,
    beginRequest(method, path, headers) {
      const parent = contextOf(headers);
      const span = tracer.startSpan(
        `${method} ${path}`,
        { kind: SpanKind.SERVER, attributes: { 'http.request.method': method, 'url.path': path } },
        parent,
      );
      return { context: trace.setSpan(parent, span), end: (status) => endRequest(span, status) };
    },
    beginOperation(context, requestId, startTime) {
      const above = trace.getSpanContext(context);
      // Where no request has a span above it, the operation is what arrived from outside.
      const kind = above === undefined || above.isRemote ? SpanKind.SERVER : SpanKind.INTERNAL;
      const attributes = { 'request.id': requestId };
      return spans(tracer.startSpan('graphql operation', { kind, startTime, attributes }, context), context);
    },
    beginEvent(opening, startTime) {
      const links = opening ? [{ context: opening.span.spanContext() }] : [];
      const span = tracer.startSpan('subscription event', { kind: SpanKind.CONSUMER, startTime, links }, ROOT_CONTEXT);
      return spans(span, ROOT_CONTEXT);
    },
    async close() {
      const limit = setTimeout(CLOSE_MILLISECONDS, undefined, { ref: false });
      // A failure to send was logged where it happened.
      await Promise.race([provider.shutdown().catch(() => {}), limit]);
    },
  };
}

function endRequest(span: Span, status: number): void {
  span.setAttribute('http.response.status_code', status);
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
