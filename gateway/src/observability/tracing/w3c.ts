import type { IncomingHttpHeaders } from 'node:http';
import { createTraceState, type SpanContext, TraceFlags } from '@opentelemetry/api';

/** Version, trace id, span id and flags; later versions may append more. */
const TRACEPARENT = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/;
const NOTHING = /^0+$/;

/** The span that a request says it is a part of (W3C Trace Context), if it says so in the right form. */
export function readTraceparent({ traceparent, tracestate }: IncomingHttpHeaders): SpanContext | undefined {
  const match = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent) : null;
  if (!match) return;
  const [, version, traceId = '', spanId = '', flags = '', more] = match;
  if (version === 'ff' || (version === '00' && more !== undefined)) return;
  if (NOTHING.test(traceId) || NOTHING.test(spanId)) return;
  return {
    traceId,
    spanId,
    isRemote: true,
    traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED,
    ...(tracestate !== undefined && { traceState: createTraceState(String(tracestate)) }),
  };
}

/** The headers with those that make the receiver's spans part of this one. */
export function withTraceparent(
  headers: Readonly<Record<string, string>>,
  { traceId, spanId, traceFlags, traceState }: SpanContext,
): Record<string, string> {
  const flags = (traceFlags & TraceFlags.SAMPLED) === 0 ? '00' : '01';
  const state = traceState?.serialize();
  return {
    ...headers,
    traceparent: `00-${traceId}-${spanId}-${flags}`,
    ...(state && { tracestate: state }),
  };
}
