import type { IncomingHttpHeaders } from 'node:http';

/** Headers about one connection, not about the message (RFC 9110, 7.6.1); `expect` was answered by this server. */
const HOP_BY_HOP = new Set([
  'connection',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The client's credentials end at the gateway, and what only the gateway may say is not taken from a client. */
const OURS = /^(authorization|cookie|x-request-id|x-colloquy-.*)$/;

/** The headers of a client's request that a subgraph gets to see. */
export function forwardedHeaders(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  return endToEnd(headers, (name) => !OURS.test(name));
}

/** The headers of a subgraph's answer that the client gets to see. */
export function relayedHeaders(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  return endToEnd(headers, () => true);
}

function endToEnd(headers: IncomingHttpHeaders, wanted: (name: string) => boolean): Record<string, string | string[]> {
  const named = new Set(headers.connection?.split(',').map((name) => name.trim().toLowerCase()));
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name) && !named.has(name) && wanted(name)) kept[name] = value;
  }
  return kept;
}
