import type { Tracing } from '../observability/tracing/tracing.ts';
import type { Step } from './exchange.ts';

/** Begins the span of each request for GraphQL, which ends with its answer. */
export function traceRequests(tracing: Tracing): Step {
  return (exchange) => {
    if (exchange.pathname !== '/graphql') return false;
    const { request, response } = exchange;
    const span = tracing.beginRequest(request.method ?? 'GET', exchange.pathname, request.headers);
    exchange.trace = span.context;
    response.once('close', () => span.end(response.writableFinished ? response.statusCode : CLIENT_LEFT));
    return false;
  };
}

/** What servers write down for a client that did not wait for its answer. */
const CLIENT_LEFT = 499;
