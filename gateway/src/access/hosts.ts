import type { IncomingMessage } from 'node:http';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export interface Hosts {
  /** Whether the Host header names this gateway: a page that rebinds its name to our address does not. */
  allows(request: IncomingMessage): boolean;
  /** Whether the request comes from no page at all, or from one of this gateway or an allowed host. */
  allowsOrigin(request: IncomingMessage): boolean;
}

/** `host` is the address that the gateway listens on; `allowed` may contain `*`; `origins` are those of other pages. */
export function createHosts(host: string, allowed: readonly string[], origins: readonly string[]): Hosts {
  const names = new Set([...LOOPBACK, host.includes(':') ? `[${host}]` : host, ...allowed]);
  const accepts = (name: string | undefined) => names.has('*') || (name !== undefined && names.has(name));
  return {
    allows: (request) => accepts(hostName(`http://${request.headers.host}`)),
    allowsOrigin({ headers: { origin } }) {
      return origin === undefined || origins.includes(origin) || accepts(hostName(origin));
    },
  };
}

function hostName(address: string): string | undefined {
  return URL.parse(address)?.hostname;
}
