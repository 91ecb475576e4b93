import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Fields, readMessage } from './protobuf.ts';

export interface CollectedSpan {
  traceId: string;
  spanId: string;
  /** Empty for the first of its trace. */
  parentId: string;
  name: string;
  /** 1 internal, 2 server, 3 client, 5 consumer. */
  kind: number;
  milliseconds: number;
  attributes: Record<string, string | number>;
  /** Span ids. */
  links: string[];
  failed: boolean;
}

export interface Collector {
  /** For `telemetry.tracing.endpoint`. */
  endpoint: string;
  spans: CollectedSpan[];
  requests: IncomingHttpHeaders[];
  /** What it answers; 0: nothing, ever. */
  status: number;
  close(): Promise<void>;
}

/** A receiver of OTLP over HTTP, as far as traces go. */
export async function startCollector(): Promise<Collector> {
  const collector = { spans: [] as CollectedSpan[], requests: [] as IncomingHttpHeaders[], status: 200 };
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    collector.requests.push(request.headers);
    if (collector.status === 200) collector.spans.push(...readSpans(body));
    if (collector.status !== 0)
      response.writeHead(collector.status, { 'content-type': 'application/x-protobuf' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(collector, {
    endpoint: `http://127.0.0.1:${port}/v1/traces`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

/** The numbers are those of opentelemetry/proto/trace/v1/trace.proto. */
function readSpans(body: Buffer): CollectedSpan[] {
  return readMessage(body)
    .messages(1)
    .flatMap((resource) => resource.messages(2))
    .flatMap((scope) => scope.messages(2))
    .map((span) => ({
      traceId: span.hex(1),
      spanId: span.hex(2),
      parentId: span.hex(4),
      name: span.text(5),
      kind: span.number(6),
      milliseconds: Number(span.fixed(8) - span.fixed(7)) / 1e6,
      attributes: Object.fromEntries(
        span.messages(9).map((pair) => [pair.text(1), attributeValue(pair.messages(2)[0])]),
      ),
      links: span.messages(13).map((link) => link.hex(2)),
      failed: span.messages(15).some((status) => status.number(3) === 2),
    }));
}

function attributeValue(value: Fields | undefined): string | number {
  if (!value) return '';
  return value.has(1) ? value.text(1) : value.number(3);
}
