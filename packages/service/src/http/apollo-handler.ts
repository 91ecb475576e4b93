import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, type BaseContext, HeaderMap } from '@apollo/server';
import { REQUEST_ID_HEADER } from './request-id.ts';

/** Hands one HTTP request, its body read already, to Apollo Server and writes the answer. */
export async function answerGraphql<Context extends BaseContext>(
  apollo: ApolloServer<Context>,
  exchange: { request: IncomingMessage; response: ServerResponse; body: unknown; requestId: string },
  context: () => Promise<Context>,
): Promise<void> {
  const { request, response, body, requestId } = exchange;
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method ?? 'GET',
      headers: headerMap(request, requestId),
      search: new URL(request.url ?? '/', 'http://localhost').search,
      body,
    },
    context,
  });
  if (answer.body.kind === 'chunked') throw new Error('Incremental delivery is not served.');
  const headers = Object.fromEntries(answer.headers);
  const length = Buffer.byteLength(answer.body.string);
  response.writeHead(answer.status ?? 200, { ...headers, [REQUEST_ID_HEADER]: requestId, 'content-length': length });
  response.end(answer.body.string);
}

function headerMap(request: IncomingMessage, requestId: string): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  headers.set(REQUEST_ID_HEADER, requestId);
  return headers;
}
