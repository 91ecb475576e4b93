import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type GraphQLSchema, graphql } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { emit, openReaders } from './channel.ts';

/**
 * Serves a schema over graphql-ws as its documentation shows, and over HTTP. `GET /` tells of readers and HTTP requests,
 * `POST /emit?count=N&interval=MS` makes events.
 */
export function serve(schema: GraphQLSchema, port: number): void {
  let requests = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://bench');
    let body: unknown = { readers: openReaders(), requests };
    if (url.pathname === '/emit') emit(Number(url.searchParams.get('count')), Number(url.searchParams.get('interval')));
    if (url.pathname === '/graphql') {
      requests++;
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { query, variables } = JSON.parse(Buffer.concat(chunks).toString());
      body = await graphql({ schema, source: query, variableValues: variables });
    }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  useServer({ schema }, new WebSocketServer({ server, path: '/graphql' }));
  server.listen(port, '127.0.0.1');
}
