import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GraphqlSockets, Lifecycle } from '@colloquy/service';
import type { Hosts } from '../access/hosts.ts';
import { refuseUpgrade } from '../subscriptions/websocket/refuse-upgrade.ts';

/**
 * Takes WebSocket handshakes at `/graphql`. Where the gateway is open to everyone, pages of other hosts are refused: a
 * browser lets any page open a socket, and no token would stand in its way.
 */
export function createUpgradePath(options: {
  sockets: GraphqlSockets;
  hosts: Hosts;
  lifecycle: Lifecycle;
  open: boolean;
}): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const { sockets, hosts, lifecycle, open } = options;

  function refusal(request: IncomingMessage): string | undefined {
    if (!hosts.allows(request)) return '421 Misdirected Request';
    if (open && !hosts.allowsOrigin(request)) return '403 Forbidden';
    if (lifecycle.leaving) return '503 Service Unavailable';
    return URL.parse(request.url ?? '/', 'http://gateway')?.pathname === '/graphql' ? undefined : '404 Not Found';
  }

  return (request, socket, head) => {
    const refused = refusal(request);
    if (refused === undefined) return sockets.handleUpgrade(request, socket, head);
    refuseUpgrade(socket, refused);
  };
}
