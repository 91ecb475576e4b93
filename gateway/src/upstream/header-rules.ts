import type { IncomingHttpHeaders } from 'node:http';
import type { HeaderRules } from '../config/headers.ts';
import { isForwardable, isHeaderValue } from './header-names.ts';

/** The gateway's own headers with those that the rules add. The gateway's own ones stand, whatever a client sends. */
export type WriteHeaders = (
  client: IncomingHttpHeaders,
  own: Readonly<Record<string, string>>,
) => Readonly<Record<string, string>>;

type Named = { name: string; rename?: string | undefined; default?: string | undefined };

/** Compiles the rules for one subgraph. `reserved` are headers that only the gateway may say, such as the identity. */
export function compileHeaderRules(rules: HeaderRules, subgraph: string, reserved: readonly string[]): WriteHeaders {
  const mine = <T extends { subgraphs?: string[] | undefined }>(rule: T) => rule.subgraphs?.includes(subgraph) ?? true;
  const removed = new Set([...rules.remove, ...reserved]);
  const named: Named[] = [];
  const patterns: RegExp[] = [];
  for (const rule of rules.propagate.filter(mine)) {
    if ('matching' in rule) patterns.push(new RegExp(rule.matching));
    else if (!removed.has(rule.name) && !removed.has(rule.rename ?? rule.name)) named.push(rule);
  }
  const inserted = rules.insert.filter((rule) => mine(rule) && !reserved.includes(rule.name));
  if (named.length + patterns.length + inserted.length === 0) return (_client, own) => own;

  return (client, own) => {
    const headers: Record<string, string> = {};
    const hops = client.connection === undefined ? undefined : hopNames(client.connection);
    if (patterns.length > 0) addMatching(headers, client, (name) => !removed.has(name) && matches(patterns, name));
    for (const rule of named) {
      const value = valueIn(client, rule.name) ?? rule.default;
      if (value !== undefined) headers[rule.rename ?? rule.name] = value;
    }
    if (hops) for (const name of hops) delete headers[name];
    for (const { name, value } of inserted) headers[name] = value;
    return Object.assign(headers, own);
  };
}

/** Whether the client's own credentials reach the subgraph. */
export function sendsCredentials(write: WriteHeaders): boolean {
  return Object.values(write({ authorization: PROBE, cookie: PROBE }, {})).includes(PROBE);
}

const PROBE = 'whether this is sent';

/**
 * What a client says in the payload of `connection_init` in a header's place, as browsers can set none on a WebSocket:
 * the strings among it that could be headers. Goes over the headers of the handshake.
 */
export function headersOfSocket(
  handshake: IncomingHttpHeaders,
  payload: Readonly<Record<string, unknown>> | null | undefined,
): IncomingHttpHeaders {
  if (!payload) return handshake;
  const headers: IncomingHttpHeaders = { ...handshake };
  for (const [key, value] of Object.entries(payload)) {
    const name = key.toLowerCase();
    if (typeof value === 'string' && isForwardable(name) && isHeaderValue(value)) headers[name] = value;
  }
  return headers;
}

function addMatching(
  headers: Record<string, string>,
  client: IncomingHttpHeaders,
  wanted: (name: string) => boolean,
): void {
  for (const name of Object.keys(client)) {
    const value = wanted(name) && isForwardable(name) ? valueIn(client, name) : undefined;
    if (value !== undefined) headers[name] = value;
  }
}

function matches(patterns: readonly RegExp[], name: string): boolean {
  return patterns.some((pattern) => pattern.test(name));
}

function valueIn(client: IncomingHttpHeaders, name: string): string | undefined {
  const value = client[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** Headers that the client named as ones of its connection to the gateway. */
function hopNames(connection: string): string[] {
  return connection.split(',').map((name) => name.trim().toLowerCase());
}
